package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty database with its clock, and the words tests need. */
abstract class OrchestrationFixture {
    static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(15);
    static final DeploymentName ETL = new DeploymentName("Parameterized ETL");

    final TestClock clock = new TestClock(START);
    Database database;
    Orchestration state;

    abstract Database open();

    @BeforeEach
    void begin() {
        database = open();
        state = Orchestration.of(database, clock, Limits.defaults(), DueParameters.filled());
    }

    @AfterEach
    void end() {
        database.close();
    }

    static FolderFiles folder(String yaml) {
        return FolderFiles.of(Map.of(
                FolderFiles.YAML,
                yaml.getBytes(StandardCharsets.UTF_8),
                FolderFiles.MANIFEST,
                "{\"format\":1}".getBytes(StandardCharsets.UTF_8),
                FolderFiles.JAR,
                new byte[] {0, 1, -1}));
    }

    static DeploymentSpec spec(DeploymentName name, String yaml) {
        return DeploymentSpec.of(name, new TaskName("etlParent"), 17, folder(yaml))
                .withParameters("{\"color\":\"yellow\",\"month\":\"${scheduled.month}\"}");
    }

    static DeploymentSettings settings() {
        return DeploymentSettings.defaults();
    }

    Deployment deployed(DeploymentSettings settings, ScheduleSpec... schedules) {
        return state.deployments()
                .apply(
                        spec(ETL, "name: x # " + settings)
                                .withSettings(settings)
                                .withSchedules(List.of(schedules)),
                        false);
    }

    FlowRun ordered() {
        return state.runs().create(NewRun.of(ETL, "{}", clock.instant(), "ada"));
    }

    List<FlowRun> claimed(String agent, int most) {
        return state.claim(new Claim(agent, List.of("default"), Set.of(17), most, LEASE));
    }

    /** The run, as its agent has begun it. */
    FlowRun begun() {
        FlowRun run = claimed("a", 1).get(0);
        assertThat(state.runs().begin(run.id(), "a")).isTrue();
        return run(run.id());
    }

    /** A run of a deployment with these settings, as its agent has begun it. */
    RunId begun(DeploymentSettings settings) {
        deployed(settings);
        RunId run = ordered().id();
        begun();
        return run;
    }

    void beat(String agent) {
        state.agents().heartbeat(AgentReport.of(agent, "host", List.of("default"), new TreeSet<>(Set.of(17))));
    }

    FlowRun run(RunId id) {
        return state.runs().show(id);
    }

    List<FlowRun> all() {
        return new Transactions(database)
                .read(handle -> handle.createQuery("select * from flow_runs order by due, run_id")
                        .map((row, context) -> FlowRunRows.read(row))
                        .list());
    }

    static ScheduleSpec every(int seconds) {
        return ScheduleSpec.of(new Timing.Interval(Duration.ofSeconds(seconds), START));
    }
}
