package io.dagshell.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.server.api.ApiCaller.Answer;
import io.dagshell.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program may ask of schedules, backfills and limits, on either database. */
abstract class SchedulingContract {
    private static final String ONE = "/api/deployments/Nightly";
    private static final String PAGE = """
            name: Nightly
            flow: etl
            parameters:
              year: ${scheduled.year}
            schedules:
              - {cron: "0 3 1 * *", zone: Europe/Berlin, parameters: {months: ["${scheduled.month}"]}}
            """;

    @TempDir
    Path folder;

    private Server server;
    ApiCaller api;

    abstract Database open();

    @BeforeEach
    void start() throws Exception {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home, open());
        api = new ApiCaller(server, home);
        assertThat(api.apply(PAGE.replace("[\"${scheduled.month}\"]", "\"[${scheduled.month}]\""))
                        .path("version")
                        .asText())
                .isNotEmpty();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer post(String path, String body) throws Exception {
        return api.call("POST", path, body.replace('`', '"'));
    }

    private JsonNode until(String path, java.util.function.Predicate<JsonNode> what) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            JsonNode found = api.get(path);
            if (what.test(found)) {
                return found;
            }
            assertThat(Instant.now()).as(found.toString()).isBefore(end);
            Thread.sleep(50);
        }
    }

    @Test
    void a_range_is_previewed_begun_looked_at_paused_and_cancelled() throws Exception {
        String range = "`from`: `2025-01-01`, `to`: `2025-03-31`, `limit`: 2, `texts`: {`year`: `1999`}";
        Answer preview = post(ONE + "/backfills/preview", "{" + range + "}");
        assertThat(preview.json().path("toRun").asInt()).isEqualTo(3);
        // Three in the morning of Berlin.
        assertThat(preview.json().path("instants"))
                .hasToString("[\"2025-01-01T02:00:00Z\",\"2025-02-01T02:00:00Z\",\"2025-03-01T02:00:00Z\"]");
        assertThat(api.get(ONE + "/backfills").path("backfills")).isEmpty();

        Answer begun = post(ONE + "/backfills", "{" + range + ", `idempotencyKey`: `k`}");
        assertThat(begun.status()).as(begun.json().toString()).isEqualTo(201);
        String id = begun.json().path("id").asText();
        assertThat(post(ONE + "/backfills", "{" + range + ", `idempotencyKey`: `k`}")
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(id);
        JsonNode going =
                until("/api/backfills/" + id, node -> node.path("active").asInt() == 2);
        assertThat(going.path("waiting").asInt()).isEqualTo(1);
        JsonNode instants = api.get("/api/backfills/" + id + "/instants").path("instants");
        assertThat(instants).hasSize(3);
        JsonNode run = api.get("/api/runs/" + instants.path(1).path("run").asText());
        assertThat(run.path("parameters")).hasToString("{\"year\":1999,\"months\":[2]}");
        assertThat(run.path("backfill").asText()).isEqualTo(id);
        assertThat(run.path("due").asText()).isEqualTo("2025-02-01T02:00:00Z");
        assertThat(api.get("/api/backfills/" + id + "/instants?after=1").path("instants"))
                .hasSize(1);

        assertThat(api.call("PATCH", "/api/backfills/" + id, "{\"paused\": true, \"limit\": 3}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("paused");
        assertThat(api.get("/api/backfills").path("backfills")).hasSize(1);
        JsonNode cancelled =
                post("/api/backfills/" + id + "/cancel", "{`reason`: `enough`}").json();
        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.path("cancelled").asInt()).isEqualTo(3);
        assertThat(api.call("PATCH", "/api/backfills/" + id, "{\"paused\": false}")
                        .status())
                .isEqualTo(409);
        assertThat(api.get("/api/backfills").path("backfills")).isEmpty();
    }

    @Test
    void a_rule_of_its_own_and_a_queue_are_taken() throws Exception {
        Answer begun = post(
                ONE + "/backfills",
                "{`from`: `2025-01-01`, `to`: `2025-01-02T12:00`, `every`: `PT12H`, `queue`: `past`, `newestFirst`: true,"
                        + " `parameters`: {`months`: [7]}}");
        assertThat(begun.status()).as(begun.json().toString()).isEqualTo(201);
        assertThat(begun.json().path("waiting").asInt()).isEqualTo(4);
        until("/api/runs", runs -> runs.path("runs").size() == 1);
        assertThat(api.get("/api/runs").path("runs").path(0).path("at").asText())
                .isEqualTo("2025-01-02T12:00:00Z");
        assertThat(api.get("/api/queues").toString()).contains("\"past\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | {} | 'from' is missing.",
                "400 | {`from`: `May`} | 'from' is a day such as 2026-01-31",
                "400 | {`from`: `2025-01-01`, `rerun`: `some`} | 'rerun' is one of none, failed, all",
                "422 | {`from`: `2025-02-31`} | 'from' is a day such as 2026-01-31",
                "422 | {`from`: `2025-02-01`, `to`: `2025-01-01`} | ends before it begins",
                "422 | {`from`: `2025-02-01`, `to`: `9999-01-01`} | ends in the future",
                "422 | {`from`: `2025-01-02`, `to`: `2025-01-03`} | the next is 2025-02-01T02:00:00Z",
                "422 | {`from`: `2025-01-01`, `to`: `2025-01-31`, `every`: `PT1S`} | about 2,678,400 instants",
                "422 | {`from`: `2025-01-01`, `schedule`: `9`} | there are 1: 0 3 1 * * Europe/Berlin",
                "422 | {`from`: `2025-01-01`, `schedule`: `1`, `every`: `PT1H`} | not both",
                "422 | {`from`: `2025-01-01`, `texts`: {`day`: `1`}} | there is no parameter day",
                "422 | {`from`: `2025-01-01`, `texts`: {`year`: `soon`}} | parameter year (int)",
                "422 | {`from`: `2025-01-01`, `limit`: 5000} | 1 to 1000 instants at once",
            })
    void a_backfill_that_cannot_be_is_refused_with_what_can(int status, String body, String detail) throws Exception {
        Answer refused = post(ONE + "/backfills", body);
        assertThat(refused.status()).as(refused.json().toString()).isEqualTo(status);
        assertThat(refused.detail()).contains(detail);
        assertThat(api.get(ONE + "/backfills").path("backfills")).isEmpty();
    }

    @Test
    void of_several_schedules_one_is_to_be_named() throws Exception {
        post(ONE + "/schedules", "{`cron`: `0 4 1 * *`}");
        Answer unnamed = post(ONE + "/backfills/preview", "{`from`: `2025-01-01`}");
        assertThat(unnamed.detail())
                .contains("has 2 schedules; say which")
                .contains("1: 0 3 1 * * Europe/Berlin; 2: 0 4 1 * * UTC");
        for (String named : List.of("2", "0 4 1 * * UTC")) {
            Answer preview = post(
                    ONE + "/backfills/preview",
                    "{`from`: `2025-01-01`, `to`: `2025-01-31`, `schedule`: `" + named + "`}");
            assertThat(preview.json().path("instants")).hasToString("[\"2025-01-01T04:00:00Z\"]");
        }
    }
}
