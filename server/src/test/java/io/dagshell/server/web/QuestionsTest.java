package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.Database;
import io.dagshell.store.orchestration.Claim;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.NewRun;
import io.dagshell.store.orchestration.Orchestration;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser without scripts is asked before something is gone. */
class QuestionsTest {
    private static final DeploymentName NAME = new DeploymentName("Nightly <i>");
    private static final String QUERY = "name=" + Shown.encoded(NAME.value());

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
        FolderFiles files = FolderFiles.of(Map.of(FolderFiles.YAML, "name: Nightly".getBytes(StandardCharsets.UTF_8)));
        state.deployments().apply(DeploymentSpec.of(NAME, new TaskName("etl"), 17, files), false);
    }

    @AfterEach
    void stop() {
        database.close();
        server.close();
    }

    @Test
    void a_form_with_a_question_is_answered_with_it_and_does_nothing_yet() throws Exception {
        HttpResponse<String> asked =
                visitor.post("/deployment/delete", QUERY + "&_ask=Delete+%3Cb%3E%3F&_yes=Delete+the+deployment");

        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body())
                .contains("Delete &lt;b&gt;?")
                .contains("action=\"/deployment/delete\"")
                .contains("name=\"name\" value=\"Nightly &lt;i")
                .contains(">Delete the deployment</button>")
                .contains("Leave it")
                .doesNotContain("_ask");
        assertThat(state.deployments().find(NAME)).isPresent();
    }

    @Test
    void a_deployment_is_deleted_once_that_is_confirmed_and_its_runs_stay() throws Exception {
        FlowRun waits = state.runs().create(NewRun.of(NAME, "{}", Instant.now(), "mira"));
        assertThat(visitor.body("/deployment?" + QUERY)).contains("value=\"Delete the deployment Nightly &lt;i");

        HttpResponse<String> deleted = visitor.post("/deployment/delete", QUERY);

        assertThat(deleted.statusCode()).isEqualTo(303);
        assertThat(deleted.headers().firstValue("Location").orElse("")).endsWith("/deployments");
        assertThat(state.deployments().find(NAME)).isEmpty();
        assertThat(state.runs().show(waits.id()).status().state()).isEqualTo(State.CANCELLED);
        assertThat(visitor.body("/runs/" + waits.id())).contains("Its deployment was deleted.");
    }

    @Test
    void a_deployment_with_a_run_under_way_is_not_deleted() throws Exception {
        state.runs().create(NewRun.of(NAME, "{}", Instant.now(), "mira"));
        state.claim(new Claim("a", List.of("default"), Set.of(17), 1, Duration.ofMinutes(10)));

        HttpResponse<String> refused = visitor.post("/deployment/delete", QUERY);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("1 run that is not over: cancel it first");
        assertThat(state.deployments().find(NAME)).isPresent();
    }

    @Test
    void the_button_of_a_run_that_waits_asks_too() throws Exception {
        FlowRun waits = state.runs().create(NewRun.of(NAME, "{}", Instant.now(), "mira"));

        assertThat(visitor.body("/runs/" + waits.id()))
                .contains("name=\"_ask\" value=\"Cancel this run? It will not begin.\"");
    }
}
