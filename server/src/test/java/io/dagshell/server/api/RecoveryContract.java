package io.dagshell.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.approval.ApprovalForm;
import io.dagshell.engine.event.EventJson;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.server.api.ApiCaller.Answer;
import io.dagshell.store.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent and people say of a run that is tried again or asks, on either database. The test is the agent. */
abstract class RecoveryContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AGENT = "\"host\": \"h\", \"queues\": [\"default\"], \"jdks\": [17]";
    private static final String PAGE = """
            name: Nightly
            flow: etl
            retries: 2
            retry_delay: 0s
            """;

    @TempDir
    Path folder;

    private Server server;
    ApiCaller api;
    private String run = "";

    abstract Database open();

    enum Mode {
        APPEND,
        REPLACE
    }

    record Choice(String table, int chunk, Mode mode) {}

    @BeforeEach
    void start() throws Exception {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home, open());
        api = new ApiCaller(server, home);
        assertThat(api.apply(PAGE).path("retryWhen")).hasToString("[\"crashed\",\"failed\"]");
        run = post("/api/deployments/Nightly/runs", "{}").json().path("run").asText();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer post(String path, String body) throws Exception {
        return api.call("POST", path, body);
    }

    private JsonNode claimed() throws Exception {
        JsonNode order = post("/api/agents/a/poll", "{" + AGENT + ", \"most\": 1, \"wait\": 5}")
                .json()
                .path("runs")
                .path(0);
        assertThat(order.path("run").asText()).isEqualTo(run);
        assertThat(post("/api/agents/a/runs/" + run + "/begin", "{}")
                        .json()
                        .path("begin")
                        .asBoolean())
                .isTrue();
        return order;
    }

    private void told(long first, RunEvent... events) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("first", first);
        for (RunEvent event : events) {
            body.withArray("events").add(EventJson.write(event));
        }
        assertThat(post("/api/agents/a/runs/" + run + "/events", body.toString())
                        .status())
                .isEqualTo(200);
    }

    private boolean finish(int start, String state) throws Exception {
        return post("/api/agents/a/runs/" + run + "/finish", "{\"state\": \"" + state + "\", \"start\": " + start + "}")
                .json()
                .path("moved")
                .asBoolean();
    }

    private void asks() throws Exception {
        RunId id = RunId.parse(run);
        Instant now = Instant.now();
        TaskName etl = new TaskName("etl");
        TaskName fetch = new TaskName("fetch");
        CallPath root = CallPath.root().child(etl, 1);
        String form = ApprovalForm.of(Choice.class, new Choice("trips", 7, Mode.APPEND))
                .toJson();
        told(
                0,
                new RunEvent.RunStarted(id, now, etl, Kind.FLOW, "ETL", "{}", "deployed", "etl.ipynb"),
                new RunEvent.TaskCreated(id, now, 0, etl, Kind.FLOW, root, OptionalInt.empty(), List.of()),
                new RunEvent.TaskStateChanged(id, now, 0, State.RUNNING, 1, Optional.empty()),
                new RunEvent.TaskCreated(
                        id, now, 1, fetch, Kind.TASK, root.child(fetch, 1), OptionalInt.of(0), List.of()),
                new RunEvent.TaskStateChanged(id, now, 1, State.COMPLETED, 1, Optional.empty()),
                new RunEvent.ApprovalAsked(
                        id, now, 0, root.child(new TaskName("approve"), 1), "where?", form, Optional.empty()),
                new RunEvent.TaskStateChanged(id, now, 0, State.PAUSED, 1, Optional.empty()),
                new RunEvent.RunFinished(id, now, State.PAUSED, Optional.of("waits for approval: where?")));
        assertThat(finish(1, "Paused")).isTrue();
    }

    @Test
    void a_question_is_listed_with_the_schema_of_its_answer_and_its_run_goes_on_with_what_was_told() throws Exception {
        claimed();
        asks();
        JsonNode listed = api.get("/api/approvals").path("approvals").path(0);
        assertThat(listed.path("question").asText()).isEqualTo("where?");
        assertThat(listed.at("/schema/properties/mode/enum")).hasToString("[\"APPEND\",\"REPLACE\"]");
        assertThat(listed.at("/schema/properties/chunk/default").asInt()).isEqualTo(7);
        JsonNode paused = api.get("/api/runs/" + run);
        assertThat(paused.path("state").asText()).isEqualTo("Paused");
        assertThat(paused.has("finished")).isFalse();

        Answer approved = post("/api/runs/" + run + "/approve", "{\"texts\": {\"chunk\": \"5\"}, \"by\": \"ada\"}");

        assertThat(approved.status()).isEqualTo(200);
        assertThat(api.get("/api/approvals").path("approvals")).isEmpty();
        JsonNode order = claimed();
        assertThat(order.path("start").asInt()).isEqualTo(2);
        assertThat(order.path("place").asInt()).isEqualTo(8);
        assertThat(order.at("/tries/nextOrdinal").asInt()).isEqualTo(2);
        assertThat(order.at("/tries/calls"))
                .hasToString("[{\"path\":\"etl/1\",\"ordinal\":0,\"finished\":false},"
                        + "{\"path\":\"etl/1.fetch/1\",\"ordinal\":1,\"finished\":true}]");
        assertThat(order.at("/answers/0/values")).hasToString("{\"table\":\"trips\",\"chunk\":5,\"mode\":\"APPEND\"}");
        assertThat(order.at("/answers/0/by").asText()).isEqualTo("ada");
        RunId id = RunId.parse(run);
        told(
                8,
                new RunEvent.RunStarted(
                        id, Instant.now(), new TaskName("etl"), Kind.FLOW, "ETL", "{}", "deployed", "etl.ipynb"),
                new RunEvent.RunFinished(id, Instant.now(), State.COMPLETED, Optional.empty()));
        assertThat(finish(2, "Completed")).isTrue();
        JsonNode over = api.get("/api/runs/" + run);
        assertThat(over.path("state").asText()).isEqualTo("Completed");
        assertThat(over.at("/approvals/0/state").asText()).isEqualTo("approved");
        assertThat(over.path("tasks")).hasSize(2);
    }

    @Test
    void an_answer_that_does_not_fit_is_refused_with_its_field_and_a_second_one_with_whose_came_first()
            throws Exception {
        claimed();
        asks();
        String approve = "/api/runs/" + run + "/approve";
        assertThat(post(approve, "{\"texts\": {\"chunk\": \"many\"}}").status()).isEqualTo(422);
        assertThat(post(approve, "{\"parameters\": {\"chunk\": true}}")
                        .json()
                        .path("detail")
                        .asText())
                .contains("parameter chunk (int)");
        assertThat(post(approve, "{\"parameters\": {\"mode\": \"DROP\"}}")
                        .json()
                        .path("detail")
                        .asText())
                .contains("parameter mode (Mode): \"DROP\" is not one of APPEND, REPLACE");
        assertThat(post(approve, "{\"texts\": {\"colour\": \"red\"}}")
                        .json()
                        .path("detail")
                        .asText())
                .contains("there is no parameter colour");
        assertThat(post(approve, "{\"place\": \"etl/1.approve/9\"}").status()).isEqualTo(404);
        assertThat(post("/api/runs/" + run + "/reject", "{\"reason\": \"frozen\", \"by\": \"ada\"}")
                        .status())
                .isEqualTo(200);
        Answer second = post(approve, "{}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("detail").asText()).contains("is answered already: Rejected by ada");
        assertThat(claimed().at("/answers/0/reason").asText()).isEqualTo("frozen");
    }

    @Test
    void an_end_that_is_told_again_by_a_former_process_does_not_end_the_one_after_it() throws Exception {
        assertThat(claimed().at("/tries/left").asInt()).isEqualTo(2);
        assertThat(finish(1, "AwaitingRetry")).isTrue();
        assertThat(finish(1, "AwaitingRetry")).isFalse();
        JsonNode order = claimed();
        assertThat(order.at("/tries/attempt").asInt()).isEqualTo(2);
        assertThat(order.at("/tries/left").asInt()).isEqualTo(1);
        assertThat(finish(1, "Failed")).isFalse();
        assertThat(api.get("/api/runs/" + run).path("state").asText()).isEqualTo("Running");
        assertThat(finish(2, "Failed")).isTrue();
    }

    @Test
    void retries_are_edited_and_what_is_none_is_refused() throws Exception {
        String version = api.get("/api/deployments/Nightly").path("version").asText();
        String one = "/api/deployments/Nightly";
        Answer wrong = api.call("PATCH", one, "{\"version\": \"" + version + "\", \"retryDelays\": \"soon\"}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("detail").asText()).contains("a time such as 10s");
        assertThat(api.call("PATCH", one, "{\"version\": \"" + version + "\", \"retryWhen\": [\"a]\\nname: x\"]}")
                        .status())
                .isEqualTo(422);
        JsonNode now = api.call(
                        "PATCH",
                        one,
                        "{\"version\": \"" + version
                                + "\", \"retries\": 5, \"retryDelays\": \"1s..5m\", \"retryWhen\": [\"resource\"]}")
                .json();
        assertThat(now.path("retries").asInt()).isEqualTo(5);
        assertThat(now.path("retryDelays").asText()).isEqualTo("1s..5m");
        assertThat(now.path("retryWhen")).hasToString("[\"resource\"]");
        JsonNode header = api.call(
                        "PATCH",
                        one,
                        "{\"version\": \"" + now.path("version").asText()
                                + "\", \"retries\": null, \"retryDelays\": null, \"retryWhen\": null}")
                .json();
        assertThat(header.path("retries").asInt()).isZero();
    }
}
