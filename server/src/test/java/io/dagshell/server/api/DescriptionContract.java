package io.dagshell.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.server.api.ApiCaller.Answer;
import io.dagshell.store.Database;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the description says is what is taken, answered and refused, on either database. */
abstract class DescriptionContract {
    private static final String RUN = "01a21c31-6dae-7660-91f1-94ed6bef3774";

    @TempDir
    Path folder;

    private Server server;
    private ApiCaller api;

    abstract Database open();

    @BeforeEach
    void start() throws Exception {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home, open());
        api = new ApiCaller(server, home);
        api.apply("name: Nightly\nflow: etl\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void isRefused(Answer answer, int status, String detail) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
        assertThat(answer.detail()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/agents/a/runs/RUN/begin | {`x`: 1} | There is no field 'x'; there are none.",
                "POST | /api/agents/a/runs/RUN/finish | {`state`: `Late`, `output`: [{}]} | 'output' is a list of texts.",
                "POST | /api/agents/a/runs/RUN/finish | {`state`: `late`} | 'state' is a state of runs",
                "POST | /api/agents/a/runs/RUN/events | {`first`: `0`, `events`: []} | 'first' is a whole number from 0.",
                "POST | /api/agents/a/runs/RUN/events | {`events`: []} | 'first' is missing.",
                "POST | /api/agents/a/renew | {`host`: `h`, `runs`: [``]} | 'runs' is a list of ids.",
                "POST | /api/agents/a/poll | {`host`: `h`, `most`: 1E+999999999} | 'most' is a whole number",
                "POST | /api/agents/a/poll | {`host`: null} | 'host' is missing.",
                "POST | /api/deployments/Nightly/schedules | {`every`: `PT1H`, `zone`: {}} | 'zone' is a text.",
                "POST | /api/deployments/Nightly/schedules | {`every`: `P1Y`} | 'every' is a duration such as PT10M.",
                "POST | /api/deployments/Nightly/schedules | {`every`: `PT1H`, `catchUp`: ``} | 'catchUp' is one of none,",
                "POST | /api/deployments | {`files`: {`flow.jar`: 1}} | 'files' is an object of texts.",
                "POST | /api/deployments/Nightly/runs | {`due`: `+10000-01-01T00:00:00Z`} | 'due' is an instant such as",
                "PATCH | /api/deployments/Nightly | {`version`: `x`, `concurrency`: 0} | 'concurrency' is a whole number from 1",
                "PUT | /api/queues/night | {`priority`: 6920812310} | 'priority' is a whole number.",
                "GET | /api/runs?limit=0 | | 'limit' is a whole number from 1 to 1000.",
                "GET | /api/runs?limit=1&limit=2 | | 'limit' is there more than once.",
                "GET | /api/runs?state=late | | 'state' is a state of runs",
                "GET | /api/runs/RUN/logs?after=-1 | | 'after' is a whole number from 0.",
                "GET | /api/libraries/0/a.jar | | That is no library",
            })
    void what_is_not_as_described_is_a_bad_request(String method, String path, String body, String detail)
            throws Exception {
        String json = body == null ? "" : body.replace('`', '"');
        isRefused(api.call(method, path.replace("RUN", RUN), json), 400, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "POST | /api/deployments | {`files`: {`flow.jar`: `%`}} | The file 'flow.jar' is no base64.",
                "POST | /api/libraries/missing | {`lock`: `x`} | deps.lock",
                "POST | /api/deployments/Nightly/schedules | {`every`: `PT1H`, `cron`: `* * * * *`} | A schedule has either",
                "POST | /api/deployments/Nightly/schedules | {`cron`: `* * * * *`, `zone`: `Mars`} | a time zone such as UTC",
                "POST | /api/deployments/Nightly/runs | {`parameters`: {`day`: 1}} | there is no parameter day",
                "PUT | /api/alerts/late | {`on`: [`late`], `block`: `nowhere`} | nowhere",
                "GET | /api/runs?flow=1 | | No flow is named '1'.",
            })
    void what_is_as_described_and_makes_no_sense_is_not_processed(
            String method, String path, String body, String detail) throws Exception {
        String json = body == null ? "" : body.replace('`', '"');
        isRefused(api.call(method, path, json), 422, detail);
    }

    @Test
    void a_body_of_blanks_that_are_none_to_json_is_no_json() throws Exception {
        isRefused(api.call("POST", "/api/runs/" + RUN + "/cancel", "\u001f"), 400, "The request is no JSON.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T06:00:00+02:00", "6380-03-11T09:47:59Z", "0000-01-01T00:00:00.123456789Z"})
    void a_run_can_be_due_at_any_instant_that_is_described(String due) throws Exception {
        Answer ordered = api.call("POST", "/api/deployments/Nightly/runs", "{\"due\": \"" + due + "\"}");

        assertThat(ordered.status()).as(ordered.json().toString()).isEqualTo(201);
    }

    @Test
    void a_whole_number_may_be_written_with_a_point() throws Exception {
        Answer set = api.call("PUT", "/api/queues/night", "{\"concurrency\": 2.0, \"priority\": 1e1}");

        assertThat(set.status()).as(set.json().toString()).isEqualTo(200);
        assertThat(api.get("/api/queues").path("queues").toString())
                .contains("\"name\":\"night\",\"priority\":10,\"concurrency\":2");
    }

    /** PostgreSQL keeps none. */
    @Test
    void a_character_that_no_database_keeps_fails_no_request() throws Exception {
        String odd = URLEncoder.encode("a\0\ud83d\ude00", StandardCharsets.UTF_8);

        Answer ordered = api.call(
                "POST",
                "/api/deployments/Nightly/runs",
                "{\"createdBy\": \"a\\u0000b\", \"idempotencyKey\": \"\\u0000\", \"texts\": {}}");
        Answer cancelled = api.call(
                "POST",
                "/api/runs/" + ordered.json().path("run").asText() + "/cancel",
                "{\"reason\": \"\\ud800 \\u0000\"}");

        assertThat(ordered.status()).as(ordered.json().toString()).isEqualTo(201);
        assertThat(cancelled.status()).as(cancelled.json().toString()).isEqualTo(200);
        assertThat(api.get("/api/runs/" + ordered.json().path("run").asText())
                        .path("createdBy")
                        .asText())
                .isEqualTo("a\uFFFDb");
        assertThat(api.call("GET", "/api/runs?text=" + odd, "").status()).isEqualTo(200);
        assertThat(api.call(
                                "POST",
                                "/api/agents/a/poll",
                                "{\"host\": \"\\u0000\", \"queues\": [\"q\"], \"jdks\": [17], \"most\": 1000}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void every_answer_names_its_object_and_every_refusal_its_status() throws Exception {
        JsonNode description = api.get("/api/openapi.json");
        JsonNode list = description.path("paths").path("/api/runs").path("get").path("responses");
        JsonNode order = description
                .path("paths")
                .path("/api/deployments/{name}/runs")
                .path("post")
                .path("responses");

        assertThat(list.at("/200/content/application~1json/schema/properties/runs/items/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/ListedRun");
        assertThat(list.at("/200/headers/ETag/required").asBoolean()).isTrue();
        assertThat(list.has("304")).isTrue();
        assertThat(order.fieldNames())
                .toIterable()
                .containsExactly("201", "400", "401", "403", "404", "406", "413", "415", "422", "500", "503");
        description
                .findValues("$ref")
                .forEach(reference -> assertThat(
                                description.at(reference.asText().substring(1)).isMissingNode())
                        .as(reference.asText())
                        .isFalse());
    }
}
