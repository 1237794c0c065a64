package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.server.EtlFolder;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentVersion;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditPageTest {
    private static final DeploymentName NAME = new DeploymentName("Nightly <i>");
    private static final String QUERY = "name=" + Shown.encoded(NAME.value());
    private static final String PAGE = """
            name: Nightly <i>
            flow: etl
            parameters:
              year: 2021
              months: [1, 2]
            """;

    @TempDir
    Path folder;

    private DeploymentSite site;
    private Visitor visitor;
    private DeploymentServices services;

    @BeforeEach
    void start() throws IOException {
        site = new DeploymentSite(folder, files(PAGE));
        visitor = site.visitor;
        services = site.services;
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void a_form_saved_as_it_was_shown_changes_nothing() throws Exception {
        DeploymentVersion before = current();

        assertThat(save("p-year=2021&p-months=1&p-months=2&p-color=yellow&limit=")
                        .statusCode())
                .isEqualTo(303);

        assertThat(current()).isEqualTo(before);
        assertThat(services.state().deployments().versions(NAME)).hasSize(1);
    }

    @Test
    void values_and_limit_that_are_saved_are_those_of_a_new_version() throws Exception {
        String before = current().version();
        assertThat(visitor.body("/deployment/edit?" + QUERY))
                .contains("value=\"2021\"")
                .contains("Nightly &lt;i&gt;");

        save("p-year=2022&p-months=7&p-months=&p-color=yellow&p-dry=true&limit=3");

        assertThat(current().parametersJson()).isEqualTo("{\"year\":2022,\"months\":[7],\"dry\":true}");
        assertThat(current().settings().concurrency()).hasValue(3);
        assertThat(visitor.body("/deployment?" + QUERY + "&compare=" + before))
                .contains("value year 2021→2022")
                .contains("concurrency no limit→3")
                .doesNotContain("settings of deployment.yaml CHANGED");
    }

    @Test
    void the_page_tells_the_memory_of_a_run_and_that_it_changed() throws Exception {
        String before = current().version();
        assertThat(visitor.body("/deployment?" + QUERY))
                .contains("<dt>Memory of a run</dt><dd>as the agent gives</dd>");

        services.applying().apply(files(PAGE + "memory: 2G # for the whole year\n"), false);

        assertThat(visitor.body("/deployment?" + QUERY + "&compare=" + before))
                .contains("<dt>Memory of a run</dt><dd>2g</dd>")
                .contains("memory of the agent→2g");
        save("p-year=2022&p-months=1&p-months=2&p-color=yellow&limit=");
        assertThat(visitor.body("/deployment?" + QUERY)).contains("<dd>2g</dd>");
    }

    @Test
    void what_does_not_fit_is_said_beside_what_was_typed() throws Exception {
        HttpResponse<String> year = save("p-year=soon&p-months=1&p-months=2&p-color=yellow&limit=");
        assertThat(year.statusCode()).isEqualTo(400);
        assertThat(year.body()).contains("parameter year (int)").contains("value=\"soon\"");

        HttpResponse<String> limit = save("p-year=2021&p-months=1&p-months=2&p-color=yellow&limit=0");
        assertThat(limit.statusCode()).isEqualTo(400);
        assertThat(limit.body()).contains("from 1 to 999999").contains("value=\"0\"");
        assertThat(services.state().deployments().versions(NAME)).hasSize(1);
    }

    @Test
    void when_a_run_is_tried_again_is_edited_as_the_page_says_it() throws Exception {
        services.applying()
                .apply(files(PAGE + "retries: 2 # at night\nretry_delay: 10s,1m\nretry_when: [crashed]\n"), false);
        assertThat(visitor.body("/deployment/edit?" + QUERY))
                .contains("name=\"retries\" inputmode=\"numeric\" value=\"2\"")
                .contains("name=\"retryDelay\" value=\"10s,1m\"")
                .contains("name=\"retryWhen\" value=\"crashed\" checked")
                .contains("name=\"retryWhen\" value=\"failed\">");
        String rest = "p-year=2021&p-months=1&p-months=2&p-color=yellow&limit=";
        String before = current().version();
        save(rest + "&retries=2&retryDelay=10s,1m&retryWhen=crashed");
        assertThat(current().version()).isEqualTo(before);

        save(rest + "&retries=5&retryDelay=1s..5m&retryWhen=user&retryWhen=crashed");
        assertThat(yaml()).contains("retries: 5 # at night\nretry_delay: 1s..5m\nretry_when: [crashed, user]\n");
        assertThat(visitor.body("/deployment?" + QUERY)).contains("5 times after 1s..5m, when crashed, user");

        save(rest + "&retries=&retryDelay=&retryWhen=user&retryWhen=crashed");
        assertThat(yaml()).contains("retries: null # at night\nretry_delay: null\n");
        assertThat(visitor.body("/deployment?" + QUERY)).contains("<dt>Tried again</dt><dd>never</dd>");
    }

    @Test
    void retries_that_are_none_are_refused_beside_what_was_typed_and_nothing_of_it_gets_into_the_page()
            throws Exception {
        String rest = "p-year=2021&p-months=1&p-months=2&p-color=yellow&limit=";
        for (String[] each : new String[][] {
            {"&retries=often&retryDelay=&retryWhen=failed", "a whole number from 0 to 1000", "value=\"often\""},
            {"&retries=1001&retryDelay=&retryWhen=failed", "a whole number from 0 to 1000", "value=\"1001\""},
            {"&retries=1&retryDelay=soon&retryWhen=failed", "a time such as 10s", "value=\"soon\""},
            {"&retries=1&retryDelay=1s%0Aname:%20x&retryWhen=failed", "a time such as 10s", "name: x"},
            {"&retries=1&retryDelay=", "Say after which ends", "value=\"crashed\">"},
            {"&retries=1&retryDelay=&retryWhen=lunch", "Say after which ends", "value=\"crashed\">"},
        }) {
            HttpResponse<String> refused = save(rest + each[0]);
            assertThat(refused.statusCode()).as(each[0]).isEqualTo(400);
            assertThat(refused.body()).contains(each[1]).contains(each[2]);
        }
        assertThat(services.state().deployments().versions(NAME)).hasSize(1);
    }

    private String yaml() {
        return services.state()
                .deployments()
                .files(NAME, current().version())
                .text(FolderFiles.YAML)
                .orElseThrow();
    }

    @Test
    void who_comes_second_is_told_and_keeps_what_was_typed() throws Exception {
        String former = current().version();
        save("p-year=2022&p-months=1&p-months=2&p-color=yellow&limit=");

        HttpResponse<String> second = visitor.post(
                "/deployment/edit",
                QUERY + "&former=" + former + "&p-year=2023&p-months=1&p-months=2&p-color=yellow&limit=");

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body())
                .contains("while you edited it")
                .contains("value=\"2023\"")
                .contains("name=\"former\" value=\"" + current().version());
        assertThat(current().parametersJson()).contains("2022");
    }

    private HttpResponse<String> save(String fields) throws Exception {
        return visitor.post("/deployment/edit", QUERY + "&former=" + current().version() + "&" + fields);
    }

    private DeploymentVersion current() {
        return services.state().deployments().show(NAME).current();
    }

    private static FolderFiles files(String page) {
        return EtlFolder.of(
                page,
                parameter("year", "int", "2020"),
                parameter("months", "java.util.List<java.lang.Integer>", "[1]"),
                parameter("color", "java.lang.String", "\"yellow\""),
                parameter("dry", "boolean", "false"));
    }

    private static FlowParameter parameter(String name, String type, String json) {
        return new FlowParameter(name, type, Optional.empty(), Optional.of(json));
    }
}
