package io.dagshell.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerFile;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.Database;
import io.dagshell.store.Micros;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page and every GET of the API, on a store of many runs: none reads the whole of a table that grows with them.
 * {@code -Ddagshell.taskRuns=1000000} fills in as many task runs, and says how long each page took.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
abstract class LargeStoreContract {
    static final int TASK_RUNS = Integer.getInteger("dagshell.taskRuns", 60_000);
    static final List<String> LARGE = List.of(
            "task_runs",
            "logs",
            "runs",
            "flow_runs",
            "attempts",
            "artifacts",
            "skipped_dues",
            "alert_messages",
            "received_events",
            "traced_runs",
            "task_keys");
    private static final int RUNS = 10_000;
    private static final int TASKS = TASK_RUNS / RUNS;

    /** One run is as large as a hundred. */
    private static final int LARGEST = Math.min(10_000, TASK_RUNS / 10);

    private static final String BIG = "01a20000-0000-7000-8000-000000000007";
    private static final String SMALL = "01a20000-0000-7000-8000-000000000008";
    private static final String NUMBERS =
            "with recursive n(i) as (select 0 union all select i + 1 from n where i < %d) ";

    @TempDir
    Path folder;

    Database database;
    private Server server;
    private ApiCaller api;
    private String token;
    private final HttpClient client = HttpClient.newHttpClient();

    abstract Database open();

    /** Before the pages are asked for. */
    abstract void watch() throws SQLException;

    /** What reads too much since {@link #watch}; of these pages. */
    abstract List<String> wholeTables() throws SQLException;

    @BeforeEach
    void start() throws Exception {
        database = open();
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home, database);
        api = new ApiCaller(server, home);
        token = ServerFile.read(home).orElseThrow().token();
        api.apply(
                "name: Nightly\nflow: etl\nschedules:\n  - {cron: \"0 5 * * *\", zone: UTC, parameters: {year: 1}}\n");
        fill();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void fill() throws SQLException {
        long day = Micros.of(Duration.ofDays(1));
        long now = Micros.of(Instant.now());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Filling filling = new Filling(statement, now, "cast(" + 1_000 * day / RUNS + " as bigint)");
            filling.runs(RUNS);
            filling.tasks(RUNS, TASKS, 0);
            filling.tasks(8, LARGEST, 7);
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("analyze");
        }
    }

    /** Rows as a server makes them. {@code step}: microseconds between the starts of two runs. */
    private record Filling(Statement statement, long now, String step) {
        private static final String ID = "'01a20000-0000-7000-8000-' || substr(cast(1000000000000 + %s as text), 2)";

        void runs(int runs) throws SQLException {
            String id = ID.formatted("i");
            String state =
                    "case i %% 20 when 1 then 'Failed' when 2 then 'Crashed' else 'Completed' end".replace("%%", "%");
            String at = now + " - i * " + step;
            run(
                    runs,
                    "runs (run_id, flow, kind, title, parameters, origin, source, state, started_at, finished_at, ordered) "
                            + "select " + id + ", 'flow' || (i % 7), 'FLOW', 'Flow', '{}', 'deployment', 'n.ipynb', "
                            + state + ", " + at
                            + ", " + at + " + 1000000, case when i % 3 = 0 then 0 else 1 end from n");
            run(
                    runs,
                    "flow_runs (run_id, deployment, version, flow, parameters, due, queue, jdk, exclusive, created_by, attempt,"
                            + " state, phase, agent, created_at, started_at, finished_at) select " + id
                            + ", case i % 5 when 0 then 'Nightly'"
                            + " else 'other' || (i % 5) end, 'v', 'flow' || (i % 7), '{}', " + at
                            + ", 'default', 17, 0, 'x', 1, " + state
                            + ", 2, 'a', " + at + ", " + at + ", " + at + " + 1000000 from n where i % 3 > 0");
            run(
                    runs,
                    "artifacts (run_id, ordinal, name, kind, at, content) select " + id
                            + ", 1, 'rows', 'value', 0, '{\"text/plain\":\"1\"}' from n");
            run(
                    runs,
                    "attempts (run_id, ordinal, attempt, state, started_at, finished_at) select " + id
                            + ", 1, 1, 'Failed', 0, 0 from n");
            run(
                    runs,
                    "alert_messages (message_id, rule, subject, kind, deployment, state, attempts, held, created_at) select "
                            + id + ", 'r', 's' || i, 'FAILED', 'Nightly', 'SENT', 1, 0, " + at + " from n");
            run(runs, "received_events (run_id, next) select " + id + ", 9 from n");
            run(
                    runs,
                    "skipped_dues (schedule_id, day, reason, skipped, first_due, last_due) select " + id
                            + ", i, 'x', 1, 0, 0 from n");
        }

        /** Of runs 0 to {@code runs}, or of {@code run} alone if it is not 0. */
        void tasks(int runs, int tasks, int run) throws SQLException {
            String some = run == 0 ? "r.i <> 7" : "r.i = " + run;
            String both = "with recursive r(i) as (select 0 union all select i + 1 from r where i < " + (runs - 1)
                    + "), n(i) as (select 0 union all select i + 1 from n where i < " + (tasks - 1) + ") ";
            String id = ID.formatted("r.i");
            statement.execute(
                    "insert into task_runs (run_id, ordinal, task, kind, path, parent, upstream, state, attempt, created_at,"
                            + " started_at, finished_at, summary) " + both + "select " + id
                            + ", n.i, 'task' || (n.i % 9), 'TASK', 'task#' || n.i,"
                            + " case when n.i = 0 then null else 0 end, '', 'Completed', 1, " + now + " - r.i * " + step
                            + ", " + now
                            + " - r.i * " + step + ", " + now + " - r.i * " + step + " + 1000, '1' from r, n where "
                            + some);
            statement.execute("insert into logs (run_id, ordinal, at, level, text, cached) " + both + "select " + id
                    + ", n.i, " + now + ", 'STDOUT', 'line ' || n.i, 0 from r, n where " + some);
        }

        private void run(int runs, String insert) throws SQLException {
            String[] parts = insert.split(" select ", 2);
            statement.execute("insert into " + parts[0] + " " + NUMBERS.formatted(runs - 1) + "select " + parts[1]);
        }
    }

    private List<String> addresses() throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "/",
                "/?span=day",
                "/start/live",
                "/runs",
                "/runs/live",
                "/runs?span=month",
                "/runs?span=all&state=failed",
                "/runs?flow=flow3&state=completed",
                "/flows",
                "/flows/live",
                "/flows/flow3",
                "/deployments",
                "/deployments/live",
                "/deployment?name=Nightly",
                "/deployment/edit?name=Nightly",
                "/deployment/run?name=Nightly",
                "/queues",
                "/alerts",
                "/alerts/live",
                "/alerts/edit",
                "/blocks"));
        for (String run : List.of(BIG, SMALL)) {
            for (String part : List.of("", "/live", "/logs", "/log.txt", "/tasks/3", "/tasks/3/live", "/artifacts")) {
                all.add("/runs/" + run + part);
            }
        }
        String schedule = api.get("/api/deployments/Nightly/schedules")
                .at("/schedules/0/id")
                .asText();
        JsonNode paths = api.get("/api/openapi.json").path("paths");
        paths.properties().stream()
                .filter(path -> path.getValue().has("get") && !path.getKey().endsWith("/events"))
                .map(path -> path.getKey()
                        .replace("{run}", BIG)
                        .replace("{name}", "Nightly")
                        .replace("{schedule}", schedule))
                .forEach(all::add);
        all.addAll(List.of(
                "/api/runs?state=Failed&state=Crashed",
                "/api/runs?flow=flow3",
                "/api/runs?deployment=Nightly&state=Failed&limit=1000",
                "/api/runs/" + BIG + "/logs?after=9000"));
        return all;
    }

    @Test
    void no_page_reads_the_whole_of_a_table_that_grows() throws Exception {
        List<String> addresses = addresses();
        get("/runs");
        watch();
        Map<Long, String> slowest = new TreeMap<>();
        for (String address : addresses) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = get(address);
            slowest.put(System.nanoTime() - begun, address);
            assertThat(answer.statusCode()).as(address + answer.body()).isIn(200, 400, 404);
            assertThat(answer.statusCode() == 200 || address.contains("{"))
                    .as(address + answer.body())
                    .isTrue();
        }
        slowest.forEach((nanos, address) -> System.out.println("%s of %d task runs: %.0f ms %s"
                .formatted(database.isPostgres() ? "PostgreSQL" : "SQLite", TASK_RUNS, nanos / 1e6, address)));
        assertThat(wholeTables()).isEmpty();
    }

    private HttpResponse<String> get(String address) throws Exception {
        URI url = URI.create(server.url() + address.replace("{", "%7B").replace("}", "%7D"));
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
