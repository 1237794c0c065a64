package io.dagshell.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.store.Database;
import io.dagshell.store.RunStore;
import io.dagshell.store.orchestration.AgentReport;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.NewRun;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.dagshell.store.orchestration.Timing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartPageTest {
    private static final DeploymentName NAME = new DeploymentName("Nightly <b>");

    @TempDir
    Path folder;

    private Server server;
    private Visitor visitor;
    private RunStore store;
    private Database database;
    private Orchestration state;

    @BeforeEach
    void start() throws IOException {
        Home home = new Home(folder, folder.resolve("cache"));
        server = Server.start(ServerSettings.local(0), home);
        visitor = new Visitor(server, home);
        store = RunStore.open(home.database());
        database = Database.file(home.database());
        state = Orchestration.of(database);
    }

    @AfterEach
    void stop() {
        store.close();
        database.close();
        server.close();
    }

    @Test
    void a_home_without_runs_tells_what_to_type() throws Exception {
        assertThat(visitor.body("/")).contains("Nothing ran yet").contains("dagshell demo");
    }

    @Test
    void the_latest_failures_are_told_with_the_line_of_the_flow() throws Exception {
        ToldRun old = ToldRun.begin(store, "Long ago", Instant.now().minus(Duration.ofDays(9)));
        old.call("fetch");
        old.fails(1, "etl.ipynb[1]:2", "forgotten").finish(State.FAILED, "forgotten");
        ToldRun run = ToldRun.begin(store, "Load <b>", Instant.now().minusSeconds(60));
        run.call("fetch");
        run.fails(1, "etl.ipynb[3]:4", "<script>no such table</script>").finish(State.FAILED, "it failed");
        ToldRun good = ToldRun.begin(store, "Good", Instant.now().minusSeconds(30));
        good.finish(State.COMPLETED, "");

        assertThat(visitor.body("/"))
                .contains("<a class=\"title\" href=\"/runs/" + run.id)
                .contains("etl.ipynb[3]:4")
                .contains("&lt;script&gt;no such table")
                .doesNotContain("forgotten")
                .doesNotContain("<script>no")
                .doesNotContain("href=\"/runs/" + good.id);
    }

    @Test
    void what_is_due_next_is_told_unless_it_is_paused() throws Exception {
        deploy();
        assertThat(section("h-next")).contains("Nightly &lt;b&gt;").contains("0 0 1 1 *");

        state.deployments().pause(NAME, true);

        assertThat(section("h-next")).contains("No schedule is due");
    }

    @Test
    void a_run_that_is_late_is_told_with_the_reason() throws Exception {
        deploy();
        Instant due = Instant.now().minus(Duration.ofHours(1));
        FlowRun run = state.runs().create(NewRun.of(NAME, "{}", due, "mira"));

        state.expire(Instant.now());

        assertThat(section("h-late")).contains("href=\"/runs/" + run.id()).doesNotContain("Nothing is late");
    }

    @Test
    void agents_are_told_and_what_to_type_without_one() throws Exception {
        deploy();
        assertThat(section("h-agents")).contains("dagshell agent start");

        state.agents().heartbeat(AgentReport.of("agent-1", "host", List.of("default"), new TreeSet<>(Set.of(17))));

        assertThat(section("h-agents")).contains("agent-1").contains("1 alive").contains("idle");
    }

    private String section(String heading) throws Exception {
        String page = visitor.body("/");
        int from = page.indexOf("aria-labelledby=\"" + heading);
        assertThat(from).as(heading).isPositive();
        return page.substring(from, page.indexOf("</section>", from));
    }

    private void deploy() {
        FolderFiles files = FolderFiles.of(Map.of(FolderFiles.YAML, "name: x".getBytes(StandardCharsets.UTF_8)));
        state.deployments()
                .apply(
                        DeploymentSpec.of(NAME, new TaskName("etl"), 17, files)
                                .withSchedules(List.of(ScheduleSpec.of(new Timing.Cron("0 0 1 1 *", ZoneOffset.UTC)))),
                        false);
    }
}
