package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.Database;
import io.dagshell.store.orchestration.AgentReport;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.dagshell.store.orchestration.Timing;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentsPageTest {
    private static final DeploymentName NAME = new DeploymentName("Nightly <script>alert(1)</script>/load");
    private static final String QUERY = "name=" + Shown.encoded(NAME.value());
    /** A year that no test lives to see. */
    private static final String ONCE = "0 0 1 1 *";

    @TempDir
    Path folder;

    private Server server;
    private Visitor visitor;
    private Database database;
    private Orchestration state;

    @BeforeEach
    void start() throws IOException {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        visitor = new Visitor(server, home);
        database = Database.file(home.database());
        state = Orchestration.of(database);
    }

    @AfterEach
    void stop() {
        database.close();
        server.close();
    }

    @Test
    void empty_pages_tell_what_to_type() throws Exception {
        assertThat(visitor.get("/deployments").body()).contains("dagshell deployment build");
        assertThat(visitor.get("/queues").body()).contains("dagshell agent start");
        assertThat(visitor.get("/deployment?name=none").statusCode()).isEqualTo(404);
    }

    @Test
    void nothing_of_a_deployment_becomes_markup() throws Exception {
        deploy();
        RunId run = ordered(visitor.post("/deployment/run", QUERY + "&quick=true"));
        for (String page :
                List.of("/deployments", "/deployment?" + QUERY, "/deployment/run?" + QUERY, "/runs/" + run)) {
            assertThat(visitor.get(page).body())
                    .as(page)
                    .contains("&lt;script&gt;alert(1)")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void a_form_is_made_of_the_java_signature_and_orders_a_run() throws Exception {
        deploy();
        assertThat(visitor.get("/deployment/run?" + QUERY).body())
                .contains("List&lt;Integer&gt;")
                .contains("type=\"number\"")
                .contains("type=\"checkbox\"")
                .contains("value=\"yellow\"");

        RunId run = ordered(visitor.post(
                "/deployment/run", QUERY + "&p-color=green&p-year=2020&p-months=4&p-months=5&p-months=&p-dry=true"));

        assertThat(state.runs().show(run).plan().parametersJson())
                .isEqualTo("{\"color\":\"green\",\"year\":2020,\"months\":[4,5],\"dry\":true}");
        assertThat(visitor.get("/runs/" + run).body()).contains("Scheduled").contains("green");
    }

    @Test
    void what_does_not_fit_is_said_beside_what_was_typed() throws Exception {
        deploy();
        HttpResponse<String> answer =
                visitor.post("/deployment/run", QUERY + "&p-color=green&p-year=soon&p-months=1&p-dry=true");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("parameter year (int)").contains("value=\"soon\"");
    }

    @Test
    void a_run_that_waits_is_cancelled_and_stays_so() throws Exception {
        deploy();
        RunId run = ordered(visitor.post("/deployment/run", QUERY + "&quick=true"));
        assertThat(visitor.get("/runs?state=pending").body())
                .contains("/runs/" + run)
                .contains("Scheduled");
        visitor.post("/runs/" + run + "/cancel", "");

        assertThat(state.runs().show(run).status().state()).isEqualTo(State.CANCELLED);
        assertThat(visitor.post("/runs/" + run + "/cancel", "").statusCode()).isEqualTo(303);
        assertThat(state.runs().show(run).status().state()).isEqualTo(State.CANCELLED);
        assertThat(visitor.post("/runs/none/cancel", "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_schedule_has_values_of_its_own_where_they_differ() throws Exception {
        deploy();
        String form = QUERY + "&typed=true&overlap=SKIP&catchUp=NONE&zone=UTC&kind=RULE&rule="
                + Shown.encoded("FREQ=YEARLY;BYMONTH=1;BYHOUR=3") + "&p-year=2020&p-months=4&p-dry=true";
        HttpResponse<String> answer = visitor.post("/deployment/schedule", form + "&p-color=green");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        Schedule before = state.schedules().of(NAME).get(0);
        assertThat(before.spec().timing()).hasToString("FREQ=YEARLY;BYMONTH=1;BYHOUR=3 UTC");
        assertThat(before.spec().parametersJson()).contains("\"color\":\"green\"");
        assertThat(visitor.body("/deployment?" + QUERY)).contains("<code>color</code> \"green\"");
        String page = visitor.body("/deployment?" + QUERY + "&schedule=" + before.id());
        assertThat(page).contains("value=\"green\"").contains("value=\"FREQ=YEARLY;BYMONTH=1;BYHOUR=3\"");

        visitor.post("/deployment/schedule", form + "&p-color=yellow&id=" + before.id());
        assertThat(state.schedules().show(before.id()).spec().parametersJson()).doesNotContain("color");
        HttpResponse<String> wrong =
                visitor.post("/deployment/schedule", form.replace("p-year=2020", "p-year=soon") + "&p-color=yellow");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("parameter year (int)").contains("value=\"soon\"");
        HttpResponse<String> never = visitor.post(
                "/deployment/schedule",
                form.replace("BYMONTH%3D1", "BYMONTH%3D2%3BBYMONTHDAY%3D30") + "&p-color=yellow");
        assertThat(never.statusCode()).isEqualTo(400);
        assertThat(never.body()).contains("never fires");
        assertThat(state.schedules().of(NAME)).hasSize(1);
    }

    @Test
    void a_schedule_that_has_ended_says_so() throws Exception {
        deploy();
        state.schedules()
                .add(
                        NAME,
                        ScheduleSpec.of(new Timing.Rule(
                                "FREQ=DAILY;COUNT=1",
                                ZoneOffset.UTC,
                                java.time.Instant.parse("2026-01-05T06:00:00Z"))));
        assertThat(visitor.body("/deployment?" + QUERY)).contains("<b>ended</b>");
    }

    @Test
    void tags_are_limited_on_the_page_of_queues() throws Exception {
        deploy();
        assertThat(visitor.post("/queues/limit", "tag=ware%3Chouse&limit=many").body())
                .contains("whole number from 1 to 999999, not ")
                .contains("ware&lt;house");
        assertThat(visitor.post("/queues/limit", "tag=ware%3Chouse&limit=2").statusCode())
                .isEqualTo(303);
        assertThat(visitor.body("/queues")).contains("<b>ware&lt;house</b>");
        assertThat(visitor.body("/queues?tag=ware%3Chouse")).contains("Limit of the tag ware&lt;house");
        visitor.post("/queues/limit/remove", "tag=ware%3Chouse");
        assertThat(state.limits().list()).isEmpty();
    }

    @Test
    void schedules_are_added_switched_edited_and_removed() throws Exception {
        deploy();
        String form = QUERY + "&zone=Europe/Berlin&overlap=QUEUE&catchUp=NONE&parameters=%7B%7D&cron=";
        visitor.post("/deployment/schedule", form + Shown.encoded(ONCE));
        Schedule added = state.schedules().of(NAME).get(0);
        assertThat(added.spec().timing()).hasToString(ONCE + " Europe/Berlin");
        assertThat(visitor.get("/deployment?" + QUERY).body()).contains(ONCE + " Europe/Berlin");

        visitor.post("/deployment/schedule/active", QUERY + "&active=false&id=" + added.id());
        assertThat(state.schedules().show(added.id()).spec().active()).isFalse();
        visitor.post("/deployment/schedule", form + "&minutes=90&id=" + added.id());
        assertThat(state.schedules().show(added.id()).spec().timing().toString())
                .startsWith("every PT1H30M");
        assertThat(state.schedules().show(added.id()).spec().active()).isFalse();
        visitor.post("/deployment/schedule", form + "&minutes=90s&id=" + added.id());
        assertThat(state.schedules().show(added.id()).spec().timing().toString())
                .startsWith("every PT1M30S");
        assertThat(visitor.get("/deployment?" + QUERY + "&schedule=" + added.id())
                        .body())
                .contains("value=\"90s\"");
        visitor.post("/deployment/schedule/remove", QUERY + "&id=" + added.id());
        assertThat(state.schedules().of(NAME)).isEmpty();

        HttpResponse<String> wrong = visitor.post("/deployment/schedule", form + "never");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("value=\"never\"").contains("role=\"alert\"");
        assertThat(state.schedules().of(NAME)).isEmpty();
    }

    @Test
    void a_schedule_is_changed_only_on_the_page_of_its_own_deployment() throws Exception {
        deploy();
        deploy(new DeploymentName("other"));
        visitor.post("/deployment/schedule", QUERY + "&overlap=QUEUE&catchUp=NONE&cron=" + Shown.encoded(ONCE));
        Schedule there = state.schedules().of(NAME).get(0);
        String foreign = "name=other&id=" + there.id();

        assertThat(visitor.post("/deployment/schedule/active", foreign + "&active=false")
                        .statusCode())
                .isEqualTo(404);
        assertThat(visitor.post("/deployment/schedule/remove", foreign).statusCode())
                .isEqualTo(404);
        HttpResponse<String> edited =
                visitor.post("/deployment/schedule", foreign + "&overlap=QUEUE&catchUp=NONE&minutes=5");
        assertThat(edited.statusCode()).isEqualTo(400);
        assertThat(edited.body()).contains("has no schedule " + there.id());
        assertThat(state.schedules().of(NAME)).containsExactly(there);
    }

    @Test
    void a_schedule_of_the_file_is_edited_until_the_file_is_applied_again() throws Exception {
        DeploymentSpec spec =
                spec(NAME, 2021).withSchedules(List.of(ScheduleSpec.of(new Timing.Cron(ONCE, ZoneOffset.UTC))));
        state.deployments().apply(spec, false);
        Schedule there = state.schedules().of(NAME).get(0);
        assertThat(visitor.body("/deployment?" + QUERY))
                .contains("&schedule=" + there.id())
                .contains("holds until");

        visitor.post("/deployment/schedule", QUERY + "&overlap=QUEUE&catchUp=NONE&minutes=5&id=" + there.id());
        assertThat(state.schedules().of(NAME)).singleElement().satisfies(edited -> {
            assertThat(edited.spec().timing().toString()).startsWith("every PT5M");
            assertThat(edited.fromFile()).isTrue();
        });

        state.deployments().apply(spec, false);
        assertThat(state.schedules().of(NAME))
                .singleElement()
                .satisfies(again -> assertThat(again.spec().timing()).hasToString(ONCE + " Z"));
    }

    @Test
    void two_versions_are_compared_by_meaning() throws Exception {
        state.deployments().apply(spec(NAME, 2021), false);
        String before = state.deployments().show(NAME).current().version();
        state.deployments().apply(spec(NAME, 2022).withParameters("{\"color\":\"<b>green</b>\"}"), false);

        assertThat(visitor.body("/deployment?" + QUERY))
                .contains("&compare=" + before)
                .doesNotContain("id=\"h-drift\"");
        assertThat(visitor.body("/deployment?" + QUERY + "&compare=" + before))
                .contains("parameter year CHANGED (default 2021→2022)")
                .contains("value color default→\"&lt;b&gt;green&lt;/b&gt;\"");
    }

    @Test
    void limit_and_priority_of_a_queue_are_edited_and_what_does_not_fit_is_said() throws Exception {
        deploy();
        assertThat(visitor.body("/queues?queue=default")).contains("name=\"priority\" value=\"100\"");

        assertThat(visitor.post("/queues", "name=default&limit=3&priority=7").statusCode())
                .isEqualTo(303);
        assertThat(state.queues().list()).singleElement().satisfies(queue -> {
            assertThat(queue.priority()).isEqualTo(7);
            assertThat(queue.concurrency()).hasValue(3);
            assertThat(queue.paused()).isFalse();
        });

        HttpResponse<String> wrong = visitor.post("/queues", "name=default&limit=many&priority=7");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("value=\"many\"").contains("role=\"alert\"");
        assertThat(visitor.post("/queues", "name=default&limit=0&priority=7").statusCode())
                .isEqualTo(400);
        assertThat(visitor.post("/queues", "name=none&limit=1&priority=7").statusCode())
                .isEqualTo(404);

        visitor.post("/queues", "name=default&limit=&priority=7");
        assertThat(state.queues().list())
                .singleElement()
                .satisfies(queue -> assertThat(queue.concurrency()).isEmpty());
    }

    @Test
    void a_deployment_is_paused_and_its_queue_too() throws Exception {
        deploy();
        state.agents().heartbeat(AgentReport.of("agent-1", "host", List.of("default"), new TreeSet<>(Set.of(17))));
        visitor.post("/deployment/pause", QUERY + "&paused=true");
        visitor.post("/queues", "name=default&paused=true");

        assertThat(state.deployments().show(NAME).paused()).isTrue();
        assertThat(visitor.get("/deployments").body()).contains("Paused");
        assertThat(state.queues().list()).singleElement().matches(queue -> queue.paused());
        assertThat(visitor.get("/queues").body()).contains("agent-1").contains("aria-checked=\"false\"");
    }

    @Test
    void the_bars_of_a_deployment_are_its_own_runs_though_another_has_the_same_flow() throws Exception {
        deploy();
        deploy(new DeploymentName("other"));
        RunId run = ordered(visitor.post("/deployment/run", QUERY + "&quick=true"));

        assertThat(visitor.get("/deployment?" + QUERY).body()).contains("href=\"/runs/" + run);
        assertThat(visitor.get("/deployment?name=other").body()).contains("None yet.");
        assertThat(visitor.get("/flows/etl").body()).contains("href=\"/runs/" + run);
    }

    private void deploy() throws IOException {
        deploy(NAME);
    }

    private void deploy(DeploymentName name) throws IOException {
        state.deployments().apply(spec(name, 2021), false);
    }

    private static DeploymentSpec spec(DeploymentName name, int year) throws IOException {
        FlowGraph graph =
                new FlowGraph(List.of(new FlowGraph.Node("fetch", new TaskName("fetch"), Kind.TASK, false)), List.of());
        FlowManifest manifest = new FlowManifest(
                1,
                new TaskName("etl"),
                "etl.ipynb",
                17,
                "UTC",
                List.of(
                        parameter("color", "java.lang.String", "\"yellow\""),
                        parameter("year", "int", String.valueOf(year)),
                        parameter("months", "java.util.List<java.lang.Integer>", "[1,2]"),
                        parameter("dry", "boolean", "false")),
                List.of(),
                graph,
                "",
                List.of(),
                List.of());
        FolderFiles files = FolderFiles.of(Map.of(
                FolderFiles.MANIFEST,
                ManifestJson.write(manifest),
                FolderFiles.YAML,
                "name: x".getBytes(StandardCharsets.UTF_8)));
        return DeploymentSpec.of(name, new TaskName("etl"), 17, files);
    }

    private static FlowParameter parameter(String name, String type, String json) {
        return new FlowParameter(name, type, Optional.of("<script>alert(1)</script>"), Optional.of(json));
    }

    private static RunId ordered(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        String place = answer.headers().firstValue("Location").orElseThrow();
        return RunId.parse(place.substring(place.lastIndexOf('/') + 1));
    }
}
