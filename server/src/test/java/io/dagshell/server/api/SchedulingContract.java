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

    @Test
    void a_schedule_by_a_rule_of_calendars_is_added_changed_and_ends() throws Exception {
        Answer added = post(
                ONE + "/schedules",
                "{`rrule`: `FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6`, `zone`: `Europe/Berlin`, `texts`: {`year`: `1999`}}");
        assertThat(added.status()).as(added.json().toString()).isEqualTo(201);
        assertThat(added.json().path("nextDue").asText()).endsWith(":00:00Z");
        assertThat(added.json().path("anchor").asText()).isEqualTo("2000-12-31T23:00:00Z");
        assertThat(added.json().path("parameters")).hasToString("{\"year\":1999}");
        assertThat(added.json().path("ended").asBoolean()).isFalse();
        String one = "/api/schedules/" + added.json().path("id").asText();
        assertThat(api.get(one).path("upcoming")).hasSize(10);

        JsonNode ended = api.call(
                        "PUT", one, "{\"rrule\": \"FREQ=DAILY;COUNT=2\", \"anchor\": \"2026-01-05T06:00:00Z\"}")
                .json();
        assertThat(ended.path("ended").asBoolean()).as(ended.toString()).isTrue();
        assertThat(ended.has("nextDue")).isFalse();
        Answer past = post(
                ONE + "/backfills/preview",
                "{`from`: `2026-01-01`, `rrule`: `FREQ=DAILY;COUNT=2`, `anchor`: `2026-01-05T06:00:00Z`}");
        assertThat(past.json().path("instants")).hasToString("[\"2026-01-05T06:00:00Z\",\"2026-01-06T06:00:00Z\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`rrule`: `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30`} | never fires",
                "{`rrule`: `MO`} | is no rule of RFC 5545",
                "{`rrule`: `FREQ=DAILY`, `cron`: `0 0 * * *`} | A schedule has either",
                "{`cron`: `0 0 * * *`, `parameters`: {`day`: 1}} | with this schedule, there is no parameter day",
                "{`cron`: `0 0 * * *`, `parameters`: {`year`: `soon`}} | parameter year",
                "{`cron`: `0 0 * * *`, `texts`: {`year`: `${scheduled.moon}`}} | scheduled.moon",
            })
    void a_schedule_that_cannot_run_is_refused(String body, String detail) throws Exception {
        Answer refused = post(ONE + "/schedules", body);
        assertThat(refused.status()).as(refused.json().toString()).isEqualTo(422);
        assertThat(refused.detail()).contains(detail);
        assertThat(api.get(ONE + "/schedules").path("schedules")).hasSize(1);
    }

    @Test
    void tags_are_limited_and_limits_removed() throws Exception {
        Answer set = api.call("PUT", "/api/limits/ware%2Fhouse", "{\"concurrency\": 2}");
        assertThat(set.status()).as(set.json().toString()).isEqualTo(200);
        assertThat(api.get("/api/limits").path("limits"))
                .hasToString(
                        "[{\"tag\":\"ware/house\",\"concurrency\":2,\"active\":0,\"waiting\":0,\"deployments\":[]}]");
        assertThat(api.call("PUT", "/api/limits/x", "{\"concurrency\": 0}").detail())
                .contains("'concurrency' is a whole number from 1");
        assertThat(api.call("PUT", "/api/limits/%20", "{\"concurrency\": 1}").status())
                .isEqualTo(422);
        assertThat(api.delete("/api/limits/ware%2Fhouse")).isEqualTo(204);
        assertThat(api.delete("/api/limits/ware%2Fhouse")).isEqualTo(404);
    }

    @Test
    void schedules_are_told_to_pause_after_failures() throws Exception {
        String version = api.get(ONE).path("version").asText();
        Answer edited = api.call("PATCH", ONE, "{\"version\": \"" + version + "\", \"pauseAfterFailures\": 3}");
        assertThat(edited.json().path("pauseAfterFailures").asInt())
                .as(edited.json().toString())
                .isEqualTo(3);
        assertThat(edited.json().path("concurrency").isMissingNode()).isTrue();
        String now = edited.json().path("version").asText();
        assertThat(api.call("PATCH", ONE, "{\"version\": \"" + now + "\", \"pauseAfterFailures\": null}")
                        .json()
                        .has("pauseAfterFailures"))
                .isFalse();
    }
}
