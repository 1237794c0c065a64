package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.model.RunId;
import io.dagshell.server.EtlFolder;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parameter that is one of a few is chosen, on every form that has it. */
class FormChoicesTest {
    private static final List<String> MODES = List.of("APPEND", "REPLACE", "MERGE");
    private static final DeploymentName NAME = new DeploymentName("Nightly");
    private static final String QUERY = "name=Nightly";
    private static final String NEEDED =
            "<select id=\"p-needed\" name=\"p-needed\" required><option value=\"\" selected>choose one</option>";

    private static final String APPENDED =
            "name=\"p-mode\"><option value=\"\">default</option>" + "<option value=\"APPEND\" selected>APPEND</option>";

    @TempDir
    Path folder;

    private DeploymentSite site;
    private Visitor visitor;
    private DeploymentServices services;

    @BeforeEach
    void start() throws IOException {
        site = new DeploymentSite(folder, files());
        visitor = site.visitor;
        services = site.services;
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void a_custom_run_shows_the_default_and_takes_another_constant() throws Exception {
        assertThat(visitor.body("/deployment/run?" + QUERY))
                .contains("<option value=\"REPLACE\" selected>REPLACE</option><option value=\"MERGE\">MERGE</option>")
                .contains(NEEDED)
                .contains("<option value=\"null\" selected>none</option><option value=\"APPEND\">")
                .contains("<option value=\"null\" selected>none</option><option value=\"true\">true</option>")
                .contains("<select name=\"p-all\" aria-label=\"Item of all\"><option value=\"APPEND\" selected>")
                .doesNotContain("one of APPEND");

        HttpResponse<String> ordered = visitor.post(
                "/deployment/run",
                QUERY + "&p-mode=MERGE&p-needed=APPEND&p-maybe=null&p-truth=false&p-all=MERGE&p-all=APPEND");

        assertThat(ordered.statusCode()).isEqualTo(303);
        String place = ordered.headers().firstValue("Location").orElseThrow();
        RunId run = RunId.parse(place.substring(place.lastIndexOf('/') + 1));
        assertThat(services.state().runs().show(run).plan().parametersJson())
                .isEqualTo("{\"mode\":\"MERGE\",\"needed\":\"APPEND\",\"maybe\":null,\"truth\":false,"
                        + "\"all\":[\"MERGE\",\"APPEND\"]}");
    }

    @Test
    void a_form_that_is_refused_keeps_what_was_chosen_and_one_that_is_none_too() throws Exception {
        HttpResponse<String> unchosen =
                visitor.post("/deployment/run", QUERY + "&p-mode=MERGE&p-needed=&p-maybe=APPEND&p-truth=true");
        assertThat(unchosen.statusCode()).isEqualTo(400);
        assertThat(unchosen.body())
                .contains("parameter needed (Mode) is required")
                .contains("<option value=\"MERGE\" selected>")
                .contains("<option value=\"APPEND\" selected>")
                .contains("<option value=\"true\" selected>")
                .contains(NEEDED);
        HttpResponse<String> unknown =
                visitor.post("/deployment/run", QUERY + "&p-mode=DROP&p-needed=APPEND&p-maybe=null&p-truth=null");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body())
                .contains("parameter mode (Mode): 'DROP' is not one of APPEND, REPLACE, MERGE")
                .contains("<option value=\"DROP\" selected>DROP</option>");
    }

    @Test
    void the_values_of_a_deployment_are_chosen_and_given_back_to_the_flow() throws Exception {
        assertThat(visitor.body("/deployment/edit?" + QUERY))
                .contains("<option value=\"\">default</option><option value=\"APPEND\">APPEND</option>")
                .contains("<option value=\"REPLACE\" selected>")
                .doesNotContain("<option value=\"null\"")
                .contains("name=\"p-needed\"><option value=\"\" selected>default</option>");
        edit("&p-mode=MERGE&p-needed=APPEND&p-maybe=REPLACE&p-truth=false&p-all=APPEND&limit=");
        assertThat(parameters())
                .contains("\"mode\":\"MERGE\"", "\"needed\":\"APPEND\"", "\"maybe\":\"REPLACE\"", "\"truth\":false")
                .doesNotContain("all");
        edit("&p-mode=&p-needed=APPEND&p-maybe=&p-truth=&p-all=APPEND&limit=");
        assertThat(parameters()).isEqualTo("{\"needed\":\"APPEND\"}");
    }

    @Test
    void a_schedule_has_the_constant_that_differs() throws Exception {
        assertThat(visitor.body("/deployment?" + QUERY))
                .contains("<option value=\"REPLACE\" selected>REPLACE</option>");
        String form = QUERY + "&typed=true&overlap=SKIP&catchUp=NONE&zone=UTC&kind=EVERY&minutes=60"
                + "&p-maybe=&p-truth=&p-all=APPEND&p-needed=MERGE&p-mode=";
        assertThat(visitor.post("/deployment/schedule", form + "REPLACE").statusCode())
                .isEqualTo(303);
        var schedule = services.state().schedules().of(NAME).get(0);
        assertThat(schedule.spec().parametersJson()).isEqualTo("{\"needed\":\"MERGE\"}");
        assertThat(visitor.body("/deployment?" + QUERY + "&schedule=" + schedule.id()))
                .contains("<option value=\"MERGE\" selected>MERGE</option>");

        HttpResponse<String> wrong =
                visitor.post("/deployment/schedule", form.replace("minutes=60", "minutes=soon") + "APPEND");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains(APPENDED);
    }

    @Test
    void a_backfill_has_the_constant_that_differs() throws Exception {
        assertThat(visitor.body("/deployment/backfill?" + QUERY))
                .contains("<option value=\"REPLACE\" selected>REPLACE</option>");
        String form = QUERY + "&schedule=own&cron=" + Shown.encoded("0 0 * * *")
                + "&zone=UTC&fromTime=&toTime=&order=oldest&rerun=NONE&stopAfter=3&queue=&key=k1&limit=1"
                + "&fromDay=2025-01-01&toDay=2025-01-02&p-maybe=&p-truth=&p-all=APPEND&p-needed=MERGE&p-mode=APPEND";
        HttpResponse<String> preview = visitor.post("/deployment/backfill", form + "&begin=false");
        assertThat(preview.body())
                .contains("2 runs would be made")
                .contains("<option value=\"MERGE\" selected>MERGE</option>")
                .contains(APPENDED);
        assertThat(visitor.post("/deployment/backfill", form + "&begin=true").statusCode())
                .isEqualTo(303);
        assertThat(services.state()
                        .backfills()
                        .of(NAME, 1)
                        .get(0)
                        .spec()
                        .pattern()
                        .parametersJson())
                .contains("\"needed\":\"MERGE\"", "\"mode\":\"APPEND\"")
                .doesNotContain("maybe", "truth", "all");
    }

    private void edit(String fields) throws Exception {
        String version = services.state().deployments().show(NAME).current().version();
        HttpResponse<String> answer = visitor.post("/deployment/edit", QUERY + "&former=" + version + fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private String parameters() {
        return services.state().deployments().show(NAME).current().parametersJson();
    }

    private static FolderFiles files() {
        return EtlFolder.of(
                "name: Nightly\nflow: etl\n",
                parameter("mode", "Mode", "\"REPLACE\""),
                new FlowParameter("needed", "Mode", Optional.empty(), Optional.empty(), MODES),
                new FlowParameter("maybe", "java.util.Optional<Mode>", Optional.empty(), Optional.empty(), MODES),
                new FlowParameter("truth", "java.util.Optional<java.lang.Boolean>", Optional.empty(), Optional.empty()),
                parameter("all", "java.util.List<Mode>", "[\"APPEND\"]"));
    }

    private static FlowParameter parameter(String name, String type, String json) {
        return new FlowParameter(name, type, Optional.empty(), Optional.of(json), MODES);
    }
}
