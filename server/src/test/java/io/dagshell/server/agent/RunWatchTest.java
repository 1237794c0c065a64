package io.dagshell.server.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dagshell.engine.deploy.RunProcess;
import io.dagshell.engine.event.OutboxLine;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.RunId;
import io.dagshell.server.client.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, each a shell that starts another one, and a server that takes what it is told. */
class RunWatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int JDK = 17;

    @TempDir
    private Path folder;

    private final BlockingQueue<JsonNode> ends = new LinkedBlockingQueue<>();
    private final CompletableFuture<Process> begun = new CompletableFuture<>();
    private final List<String> events = new ArrayList<>();
    private volatile boolean forgot;
    private volatile boolean losesAtTheEnd;

    /** Status and sentence of the answer to events, if they are not taken. */
    private volatile Optional<Integer> refuses = Optional.empty();

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "a session of its own needs setsid");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        if (begun.isDone()) {
            begun.join().destroyForcibly();
        }
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode told = JSON.readTree(exchange.getRequestBody());
        if (exchange.getRequestURI().getPath().endsWith("/finish")) {
            if (losesAtTheEnd) {
                losesAtTheEnd = false;
                forget();
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            ends.add(told);
        }
        if (refuses.isPresent() && exchange.getRequestURI().getPath().endsWith("/events")) {
            byte[] why = "{\"detail\":\"There is no event 'Later'.\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refuses.get(), why.length);
            exchange.getResponseBody().write(why);
            exchange.close();
            return;
        }
        byte[] body = (exchange.getRequestURI().getPath().endsWith("/events") ? kept(told) : "{\"begin\":true}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized void forget() {
        events.clear();
    }

    /** Takes events as a server does; the first time that it is told some and has ten, all are lost, as by a database that crashed. */
    private synchronized String kept(JsonNode told) {
        if (told.path("first").asLong() == events.size()) {
            told.path("events").forEach(each -> events.add(each.asText()));
        }
        if (!forgot && events.size() >= 10 && !told.path("events").isEmpty()) {
            forgot = true;
            events.clear();
        }
        return "{\"next\":" + events.size() + "}";
    }

    @Test
    void events_that_the_server_lost_are_told_again_from_the_first_one_that_is_gone() throws Exception {
        List<String> all = inTheOutbox(25);

        follow("echo . >> '" + beats() + "'; exit 0");

        assertThat(end().path("state").asText()).isEqualTo("Crashed");
        assertThat(forgot).isTrue();
        assertThat(events).isEqualTo(all);
    }

    @Test
    void events_that_the_server_loses_while_it_is_told_the_end_are_told_again_before_the_end() throws Exception {
        List<String> all = inTheOutbox(9);
        losesAtTheEnd = true;

        follow("echo . >> '" + beats() + "'; exit 0");

        assertThat(end().path("state").asText()).isEqualTo("Crashed");
        assertThat(losesAtTheEnd).isFalse();
        assertThat(events).isEqualTo(all);
    }

    @Test
    void events_that_the_server_loses_while_a_run_is_taken_over_are_told_again_too() throws Exception {
        List<String> all = inTheOutbox(1_200);
        events.addAll(all.subList(0, 700));

        adopt();

        assertThat(end().path("state").asText()).isEqualTo("Crashed");
        assertThat(forgot).isTrue();
        assertThat(events).isEqualTo(all);
    }

    @Test
    void an_agent_that_ends_waits_until_a_process_that_is_being_started_needs_it_no_more() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        RunWatch watch = RunWatch.claimed(order(), outbox(), calls(settings(folder)), prepared -> (order, here) -> {
            asked.countDown();
            try {
                slow.await();
            } catch (InterruptedException stop) {
                throw new IOException(stop);
            }
            begun.complete(new ProcessBuilder("sleep", "60").start());
            return begun.join();
        });
        begin(watch);
        asked.await();
        watch.leave();
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
            try {
                watch.awaitStart(Duration.ofSeconds(30));
                return begun.isDone();
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        });
        Thread.sleep(300);
        assertThat(ended).isNotDone();
        slow.countDown();

        assertThat(ended.get(20, TimeUnit.SECONDS))
                .as("it ended after the process had all")
                .isTrue();
        assertThat(ends.poll(1, TimeUnit.SECONDS)).as("an end of what goes on").isNull();
    }

    @Test
    void a_process_that_comes_after_its_run_was_given_up_does_not_begin_it() throws Exception {
        inTheOutbox(0);
        adopt();
        for (int i = 0; i < 300 && !Files.exists(outbox().path().resolve("claim")); i++) {
            Thread.sleep(20);
        }

        assertThat(begins()).isFalse();
        assertThat(end().path("state").asText()).isEqualTo("Crashed");
    }

    @Test
    void a_process_that_says_who_it_is_a_moment_after_its_agent_was_killed_is_followed() throws Exception {
        inTheOutbox(0);
        adopt();
        Thread.sleep(1_000);
        Process late = new ProcessBuilder("sleep", "60").start();
        begun.complete(late);
        Files.writeString(
                outbox().path().resolve("process"),
                late.pid() + " " + late.info().startInstant().orElseThrow().toEpochMilli());
        Files.createFile(outbox().path().resolve("claim"));

        assertThat(ends.poll(6, TimeUnit.SECONDS)).as("an end, while it works").isNull();
        late.destroyForcibly().waitFor();
        assertThat(end().path("state").asText()).isEqualTo("Crashed");
    }

    /** As a process that starts. */
    private boolean begins() {
        try {
            return RunProcess.begin(outbox().path());
        } catch (IOException gone) {
            return false; // the folder, with the run's end
        }
    }

    private void adopt() throws IOException {
        begin(RunWatch.adopted(order(), outbox(), calls(settings(folder.resolve("java")))));
    }

    private OutboxFolder outbox() {
        return new OutboxFolder(folder.resolve("outbox"));
    }

    private List<String> inTheOutbox(int count) throws IOException {
        Files.createDirectories(outbox().path());
        List<String> all = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.add("{\"n\":" + i + "}");
            lines.append(OutboxLine.of(all.get(i))).append('\n');
        }
        Files.writeString(outbox().events(), lines);
        return all;
    }

    @Test
    void a_cancelled_run_ends_what_its_process_started_though_the_process_ends_by_itself() throws Exception {
        RunWatch watch = follow("trap 'exit 143' TERM");
        watch.cancel();
        assertThat(end().path("state").asText()).isEqualTo("Cancelled");
        assertThatNothingBeats();
    }

    @Test
    void a_cancel_ends_within_seconds_though_the_process_does_not_listen() throws Exception {
        RunWatch watch = follow("trap '' TERM");
        watch.cancel();
        assertThat(end().path("state").asText()).isEqualTo("Cancelled");
        assertThatNothingBeats();
    }

    @Test
    void a_run_whose_events_the_server_does_not_take_is_stopped_and_fails_with_what_the_server_said() throws Exception {
        refuses = Optional.of(422);

        follow("");
        inTheOutbox(3); // after its process was seen to beat, for the refusal stops it

        JsonNode end = end();
        assertThat(end.path("state").asText()).isEqualTo("Failed");
        assertThat(end.path("message").asText())
                .isEqualTo("the server does not take what it tells (There is no event 'Later'.): if its deployment was"
                        + " built by a newer DagShell, upgrade the server, or build it with the server's");
        assertThatNothingBeats();
        assertThat(ends.poll(1, TimeUnit.SECONDS)).as("a second end").isNull();
    }

    @Test
    void what_a_run_tells_waits_while_the_agents_token_is_not_taken() throws Exception {
        refuses = Optional.of(401);
        List<String> all = inTheOutbox(9);
        follow("echo . >> '" + beats() + "'; exit 0");
        assertThat(ends.poll(2, TimeUnit.SECONDS))
                .as("an end before its events")
                .isNull();

        refuses = Optional.empty();

        assertThat(end().path("state").asText()).isEqualTo("Crashed");
        assertThat(events).isEqualTo(all);
    }

    @Test
    void the_end_of_a_run_that_the_server_does_not_count_has_no_number_which_it_would_refuse() throws Exception {
        follow("echo . >> '" + beats() + "'; exit 0");

        assertThat(end().has("start")).isFalse();
    }

    @Test
    void a_crashed_run_leaves_nothing_behind_that_its_next_attempt_would_meet() throws Exception {
        follow("");
        begun.get().destroyForcibly();
        assertThat(end().path("state").asText()).isEqualTo("Crashed");
        assertThatNothingBeats();
    }

    @Test
    void a_machine_that_cannot_begin_a_run_crashes_it_for_another_to_begin_and_is_unfit() throws Exception {
        RunWatch watch = RunWatch.claimed(order(), outbox(), calls(settings(folder)), order -> {
            throw new IOException("No space left on device");
        });
        begin(watch);

        JsonNode end = end();
        assertThat(end.path("state").asText()).isEqualTo("Crashed");
        assertThat(end.path("message").asText()).isEqualTo("agent could not start it: No space left on device");
        assertThat(watch.isUnfit()).isTrue();
    }

    /** A run whose process starts another one that writes ten times a second, for a minute at most. */
    private RunWatch follow(String trap) throws Exception {
        Path script = folder.resolve("java");
        Files.writeString(
                script,
                String.join(
                        "\n",
                        "#!/bin/sh",
                        trap,
                        "(for beat in $(seq 600); do echo . >> '" + beats() + "'; sleep 0.1; done) &",
                        "wait; wait",
                        ""));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        AgentSettings settings = settings(script);
        Home home = new Home(folder.resolve("home"), folder.resolve("home").resolve("cache"));
        RunWatch watch = RunWatch.claimed(order(), outbox(), calls(settings), prepared -> (order, outbox) -> {
            VersionStore.Version version = new VersionStore.Version(folder.resolve("flow.jar"), List.of());
            Process process = ChildProcess.start(settings, home, version, List.of(), order, outbox);
            begun.complete(process);
            return process;
        });
        begin(watch);
        for (int i = 0; i < 300 && !Files.exists(beats()); i++) {
            Thread.sleep(50);
        }
        assertThat(beats()).exists();
        return watch;
    }

    private static void begin(RunWatch watch) {
        Thread thread = new Thread(watch, "watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static AgentSettings settings(Path java) {
        return new AgentSettings("one", List.of("default"), 1, new TreeMap<>(Map.of(JDK, java)), Optional.empty());
    }

    private ServerCalls calls(AgentSettings settings) throws IOException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ServerCalls(new ApiClient(url, "token", Optional.empty()), settings, "here");
    }

    private static Order order() {
        JsonNode told = JSON.createObjectNode()
                .put("run", RunId.create(Instant.now()).toString())
                .put("deployment", "etl")
                .put("version", "v")
                .put("jdk", JDK);
        return Order.of(told, "one");
    }

    private Path beats() {
        return folder.resolve("beats");
    }

    private JsonNode end() throws InterruptedException {
        JsonNode end = ends.poll(15, TimeUnit.SECONDS);
        assertThat(end).as("the run's end, within seconds").isNotNull();
        return end;
    }

    private void assertThatNothingBeats() throws Exception {
        long size = Files.size(beats());
        Thread.sleep(700);
        assertThat(Files.size(beats())).isEqualTo(size);
    }
}
