package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.State;
import io.dagshell.server.Server;
import io.dagshell.server.ServerFile;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.RunStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventStreamTest {
    @TempDir
    Path folder;

    private Home home;
    private Server server;
    private RunStore store;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        store = RunStore.open(home.database());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    /** An open stream, read line by line. */
    private record Listener(int status, BufferedReader lines) implements AutoCloseable {
        /** Text of the next event. */
        String next() throws IOException {
            StringBuilder event = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                event.append(line).append('\n');
                if (line.isEmpty() && event.indexOf("data:") >= 0) {
                    return event.toString();
                }
                if (line.isEmpty()) {
                    event.setLength(0);
                }
            }
            return "end";
        }

        String id(String event) {
            return event.substring(event.indexOf("id: ") + 4, event.indexOf('\n', event.indexOf("id: ")));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private Listener listen(Server to, String path, String lastId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.url() + path))
                .header(
                        "Authorization",
                        "Bearer " + ServerFile.read(home).orElseThrow().token());
        HttpRequest asked = (lastId.isEmpty() ? request : request.header("Last-Event-ID", lastId)).build();
        var answer = client.send(asked, HttpResponse.BodyHandlers.ofInputStream());
        return new Listener(
                answer.statusCode(), new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    @Test
    void a_run_says_which_part_of_it_changed_and_when_it_is_over() throws Exception {
        ToldRun run = ToldRun.begin(store, "Ingest", Instant.now());
        int fetch = run.call("fetch");
        store.flush();
        try (Listener listener = listen(server, "/api/runs/" + run.id + "/events", "")) {
            assertThat(listener.next()).contains("\"changed\":[\"state\",\"tasks\",\"logs\",\"artifacts\"]");
            run.log(fetch, "INFO", "hello");
            store.flush();
            assertThat(listener.next()).contains("\"changed\":[\"logs\"]").contains("\"lastLog\":1");
            run.shows(fetch, "table", "", "rows");
            store.flush();
            assertThat(listener.next()).contains("\"changed\":[\"artifacts\"]");
            run.result(fetch, "1 row");
            run.finish(State.COMPLETED, "");
            assertThat(listener.next()).contains("\"state\":\"Completed\"").contains("\"over\":false");
            run.log(fetch, "INFO", "last words");
            store.flush();
            assertThat(listener.next()).contains("\"changed\":[\"logs\"]");
            assertThat(listener.next()).contains("\"over\":true").contains("\"changed\":[]");
            assertThat(listener.next()).isEqualTo("end");
        }
    }

    @Test
    void another_server_goes_on_where_the_first_one_stopped() throws Exception {
        ToldRun run = ToldRun.begin(store, "Ingest", Instant.now());
        int fetch = run.call("fetch");
        store.flush();
        String path = "/api/runs/" + run.id + "/events";
        String id;
        try (Listener listener = listen(server, path, "")) {
            id = listener.id(listener.next());
        }
        run.log(fetch, "INFO", "while nobody listened");
        store.flush();
        try (Server second = Server.start(ServerSettings.local(0), home);
                Listener listener = listen(second, path, id)) {
            assertThat(listener.next()).contains("\"changed\":[\"logs\"]");
            run.finish(State.FAILED, "no");
            String end = listener.next();
            assertThat(listener.next()).contains("\"over\":true");
            try (Listener again = listen(second, path, listener.id(end))) {
                assertThat(again.status()).isEqualTo(204);
            }
        }
    }

    @Test
    void every_change_of_state_is_told_to_who_watches_all_runs() throws Exception {
        ToldRun before = ToldRun.begin(store, "Earlier", Instant.now());
        store.flush();
        try (Listener listener = listen(server, "/api/events", "")) {
            assertThat(listener.next()).contains(before.id.toString()).contains("\"Running\"");
            ToldRun quick = ToldRun.begin(store, "Quick", Instant.now());
            quick.finish(State.COMPLETED, "");
            String event = listener.next();
            assertThat(event).contains(quick.id.toString()).contains("\"Completed\"");
            before.finish(State.FAILED, "no");
            assertThat(listener.next()).contains(before.id.toString()).contains("\"Failed\"");
        }
    }

    @Test
    void a_stream_of_no_run_is_refused_and_only_so_many_may_listen() throws Exception {
        assertThat(listen(server, "/api/runs/01981234-0000-7000-8000-000000000000/events", "")
                        .status())
                .isEqualTo(404);
        for (int i = 0; i < 64; i++) {
            assertThat(listen(server, "/api/events", "").status()).isEqualTo(200);
        }
        assertThat(listen(server, "/api/events", "").status()).isEqualTo(503);
    }
}
