package io.dagshell.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.server.EtlFolder;
import io.dagshell.server.Server;
import io.dagshell.server.ServerFile;
import io.dagshell.server.ServerSettings;
import io.dagshell.server.client.ApiClient;
import io.dagshell.store.Database;
import io.dagshell.store.RunStore;
import io.dagshell.store.orchestration.AgentReport;
import io.dagshell.store.orchestration.Claim;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.Orchestration;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agents of each protocol there was against today's server, over real HTTP: {@code agent-protocol-N.jsonl} has what an agent
 * of such a build asked from its first heartbeat to a run's end, as it was recorded. And today's agent against a server
 * that never heard of a protocol.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EarlierAgentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private record Asked(String path, JsonNode body) {}

    private static List<Asked> recorded(int protocol, RunId run) throws IOException {
        try (InputStream in = EarlierAgentsTest.class.getResourceAsStream("agent-protocol-" + protocol + ".jsonl")) {
            List<Asked> all = new ArrayList<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@RUN@", run.toString());
            for (String line : text.lines().toList()) {
                JsonNode asked = JSON.readTree(line);
                all.add(new Asked(asked.path("path").asText(), asked.path("body")));
            }
            return all;
        }
    }

    private HttpResponse<String> ask(Server server, Home home, int protocol, Asked asked) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + asked.path()))
                .header(
                        "Authorization",
                        "Bearer " + ServerFile.read(home).orElseThrow().token())
                .header("Content-Type", "application/json");
        if (protocol > 0) {
            request.header("DagShell-Agent-Protocol", String.valueOf(protocol));
        }
        return client.send(
                request.POST(BodyPublishers.ofString(asked.body().toString())).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_run_that_an_agent_took_before_its_server_was_upgraded_is_told_to_its_end(int protocol) throws Exception {
        Home home = new Home(folder, folder.resolve("cache"));
        try (Database database = Database.file(home.database());
                Server server = Server.start(ServerSettings.local(0), home)) {
            Orchestration state = Orchestration.of(database);
            RunId run = taken(server, home, state);
            for (Asked asked : recorded(protocol, run)) {
                HttpResponse<String> answer = ask(server, home, protocol, asked);

                boolean refused = protocol == 0 && asked.path().endsWith("/poll");
                assertThat(answer.statusCode())
                        .as(asked.path() + ": " + answer.body())
                        .isEqualTo(refused ? 409 : 200);
                if (refused) {
                    assertThat(answer.body())
                            .contains(
                                    "Agent far (DagShell, agent protocol none) is of an older DagShell than the server")
                            .contains("end it and start the agent of the server's DagShell. Runs that it has go on.");
                } else {
                    assertThat(answer.headers().firstValue("DagShell-Agent-Protocol"))
                            .hasValue("1");
                }
                if (asked.path().endsWith("/begin")) {
                    assertThat(answer.body()).isEqualTo("{\"begin\":true}");
                }
                if (asked.path().endsWith("/finish")) {
                    assertThat(answer.body()).isEqualTo("{\"moved\":true}");
                }
            }
            assertThat(state.runs().show(run).status().state()).isEqualTo(State.COMPLETED);
            try (RunStore runs = RunStore.open(database)) {
                assertThat(runs.run(run).orElseThrow().tasks())
                        .hasSize(4)
                        .allSatisfy(task -> assertThat(task.status().state()).isEqualTo(State.COMPLETED));
                assertThat(runs.logs(run, -1, 9))
                        .extracting(line -> line.text())
                        .contains("step 0", "step 1");
            }
            assertThat(state.agents().list().get(0).notServed().isPresent()).isEqualTo(protocol == 0);
        }
    }

    @Test
    void agents_that_speak_otherwise_are_handed_nothing_and_told_who_has_to_be_upgraded() throws Exception {
        Home home = new Home(folder, folder.resolve("cache"));
        try (Database database = Database.file(home.database());
                Server server = Server.start(ServerSettings.local(0), home)) {
            Orchestration state = Orchestration.of(database);
            RunId run = ordered(server, home, state);
            Asked poll = recorded(0, run).stream()
                    .filter(asked -> asked.path().endsWith("/poll"))
                    .findFirst()
                    .orElseThrow();

            assertThat(ask(server, home, 2, poll).body())
                    .contains("agent protocol 2) is of a newer DagShell than the server")
                    .contains("upgrade the server first");
            assertThat(ask(server, home, 0, poll).statusCode()).isEqualTo(409);
            assertThat(state.runs().show(run).status().state()).isEqualTo(State.SCHEDULED);
            assertThat(ask(server, home, 1, poll).body()).contains(run.toString());
            assertThat(state.runs().show(run).status().state()).isEqualTo(State.PENDING);
        }
    }

    private RunId ordered(Server server, Home home, Orchestration state) throws Exception {
        ApiClient person =
                new ApiClient(server.url(), ServerFile.read(home).orElseThrow().token(), Optional.empty());
        person.post("/api/deployments", (com.fasterxml.jackson.databind.node.ObjectNode)
                JSON.readTree(EtlFolder.json("name: Nightly\nflow: etl\n")));
        return RunId.parse(person.post("/api/deployments/Nightly/runs", JSON.createObjectNode())
                .path("run")
                .asText());
    }

    /** As a server of before handed it out, which asked for no protocol. */
    private RunId taken(Server server, Home home, Orchestration state) throws Exception {
        RunId run = ordered(server, home, state);
        state.agents().heartbeat(AgentReport.of("far", "vm", List.of("default"), new TreeSet<>(Set.of(17))));
        assertThat(state.claim(new Claim("far", List.of("default"), Set.of(17), 1, Duration.ofSeconds(60))))
                .extracting(FlowRun::id)
                .containsExactly(run);
        return run;
    }

    @Test
    void today_s_agent_asks_an_older_server_for_no_run_and_says_what_to_do() throws Exception {
        BlockingQueue<JsonNode> polls = new LinkedBlockingQueue<>();
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        HttpServer older = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        older.createContext("/", exchange -> answerAsBefore(exchange, polls));
        older.start();
        try (Agent agent = Agent.start(
                new AgentSettings(
                        "far", List.of("default"), 2, new TreeMap<>(Map.of(17, Path.of("java"))), Optional.empty()),
                new ApiClient(
                        URI.create("http://127.0.0.1:" + older.getAddress().getPort()), "token", Optional.empty()),
                new Home(folder, folder.resolve("cache")),
                said::add)) {
            assertThat(said.poll(30, TimeUnit.SECONDS))
                    .contains("(DagShell, agent protocol none) is of an older DagShell than this agent")
                    .contains("upgrade the server first, or start the agent of the server's DagShell");
            for (int i = 0; i < 3; i++) {
                assertThat(polls.poll(30, TimeUnit.SECONDS).path("most").asInt(-1))
                        .as("runs asked for")
                        .isZero();
            }
            assertThat(said).as("said once").isEmpty();
        } finally {
            older.stop(0);
        }
    }

    private static void answerAsBefore(HttpExchange exchange, BlockingQueue<JsonNode> polls) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        boolean poll = exchange.getRequestURI().getPath().endsWith("/poll");
        if (poll) {
            polls.add(asked);
        }
        byte[] answer = (poll ? "{\"runs\":[]}" : "{\"renewed\":[],\"cancelling\":[],\"lost\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
