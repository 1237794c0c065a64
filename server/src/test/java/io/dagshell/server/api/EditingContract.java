package io.dagshell.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.home.Home;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.server.api.ApiCaller.Answer;
import io.dagshell.store.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program may change of a deployment, on either database. */
abstract class EditingContract {
    private static final String ONE = "/api/deployments/Nightly";
    private static final String PAGE = """
            name: Nightly
            flow: etl
            parameters:
              year: 2021 # of the trips
              months: [1, 2]
            concurrency: 2
            """;

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
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void values_change_and_what_is_not_named_stays() throws Exception {
        String before = api.apply(PAGE).path("version").asText();

        Answer edited = patch(before, "\"parameters\": {\"year\": 2022}");

        assertThat(edited.status()).isEqualTo(200);
        JsonNode now = api.get(ONE);
        assertThat(now.path("parameters")).hasToString("{\"year\":2022,\"months\":[1,2]}");
        assertThat(now.path("concurrency").asInt()).isEqualTo(2);
        assertThat(now.path("version").asText())
                .isEqualTo(edited.json().path("version").asText())
                .isNotEqualTo(before);
        assertThat(api.get(ONE + "/versions").path("versions")).hasSize(2);
    }

    @Test
    void a_folder_is_asked_about_and_nothing_of_it_is_kept() throws Exception {
        assertThat(api.check(PAGE).status()).isEqualTo(204);
        assertThat(api.get("/api/deployments").path("deployments")).isEmpty();

        Answer mistyped = api.check(PAGE.replace("year: 2021", "yaer: 2021"));
        assertThat(mistyped.status()).isEqualTo(422);
        assertThat(mistyped.detail()).contains("deployment.yaml:4", "yaer");
    }

    @Test
    void null_is_the_default_of_the_flow_and_no_limit() throws Exception {
        String first = api.apply(PAGE).path("version").asText();

        Answer edited = patch(first, "\"parameters\": {\"year\": null}, \"concurrency\": null");

        assertThat(edited.json().path("parameters")).hasToString("{\"months\":[1,2]}");
        assertThat(edited.json().has("concurrency")).isFalse();
        String second = edited.json().path("version").asText();
        assertThat(patch(second, "\"parameters\": {\"year\": null}")
                        .json()
                        .path("version")
                        .asText())
                .isEqualTo(second);
        assertThat(patch(second, "\"texts\": {\"months\": \"3,4\"}").json().path("parameters"))
                .hasToString("{\"months\":[3,4]}");
    }

    @Test
    void a_version_that_is_no_longer_the_current_one_is_a_conflict() throws Exception {
        String first = api.apply(PAGE).path("version").asText();
        patch(first, "\"concurrency\": 3");

        Answer late = patch(first, "\"concurrency\": 4");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.detail()).contains("became another version");
        assertThat(api.get(ONE).path("concurrency").asInt()).isEqualTo(3);
    }

    @Test
    void of_many_who_edit_one_version_at_once_one_is_heard() throws Exception {
        String first = api.apply(PAGE).path("version").asText();
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> edits = new ArrayList<>();
            for (int limit = 10; limit < 26; limit++) {
                String change = "\"concurrency\": " + limit;
                edits.add(() -> patch(first, change).status());
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> each : many.invokeAll(edits)) {
                statuses.add(each.get());
            }
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
            assertThat(api.get(ONE + "/versions").path("versions")).hasSize(2);
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void what_does_not_fit_is_refused_with_its_name_and_nothing_is_kept() throws Exception {
        String first = api.apply(PAGE).path("version").asText();

        assertThat(patch(first, "\"parameters\": {\"year\": \"soon\"}").detail())
                .contains("parameter year (int)");
        assertThat(patch(first, "\"parameters\": {\"yeer\": null}").detail()).contains("did you mean year?");
        assertThat(patch(first, "\"texts\": {\"year\": 7}").detail()).contains("'texts' is an object of texts");
        assertThat(patch(first, "\"concurrency\": 0").detail()).contains("from 1 to 999999");
        assertThat(patch(first, "\"limit\": 1").status()).isEqualTo(400);
        assertThat(patch(first, "\"parameters\": {\"year\": 1}, \"texts\": {\"year\": \"2\"}")
                        .detail())
                .contains("give it once");
        assertThat(api.call("PATCH", ONE, "{\"concurrency\": 1}").detail()).contains("'version' is missing");
        assertThat(api.call("PATCH", "/api/deployments/None", "{\"version\": \"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(api.get(ONE + "/versions").path("versions")).hasSize(1);
    }

    @Test
    void it_is_described() throws Exception {
        JsonNode patch = api.get("/api/openapi.json")
                .path("paths")
                .path("/api/deployments/{name}")
                .path("patch");
        JsonNode body = patch.path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");

        assertThat(body.path("required")).hasToString("[\"version\"]");
        assertThat(body.path("properties").path("concurrency").path("type")).hasToString("[\"integer\",\"null\"]");
    }

    private Answer patch(String version, String change) throws Exception {
        return api.call("PATCH", ONE, "{\"version\": \"" + version + "\", " + change + "}");
    }
}
