package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.store.Database;
import io.dagshell.store.orchestration.AgentReport;
import io.dagshell.store.orchestration.CatchUp;
import io.dagshell.store.orchestration.Claim;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.NewRun;
import io.dagshell.store.orchestration.Overlap;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.dagshell.store.orchestration.SkippedDues;
import io.dagshell.store.orchestration.Timing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose clock is put on or back. */
@SuppressWarnings("NullAway.Init")
class TickerTest {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final DeploymentName ETL = new DeploymentName("ETL");
    private static final Duration LEASE = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    /** Of all runs, in the order in which they were taken. */
    private final List<Instant> dues = new ArrayList<>();

    private Instant now = START;
    private Database database;
    private DeploymentServices services;
    private Ticker ticker;

    @BeforeEach
    void open() {
        database = Database.file(folder.resolve("dagshell.db"));
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
        services = DeploymentServices.on(database, BlockSource.none(), clock);
        ticker = new Ticker(services, clock);
    }

    @AfterEach
    void close() {
        ticker.close();
        database.close();
    }

    @Test
    void after_a_clock_that_was_put_on_each_due_instant_is_one_run() {
        every10Seconds(CatchUp.ALL);
        pass(60);
        now = now.plus(Duration.ofMinutes(10));
        pass(60);

        assertThat(dues).isEqualTo(instants(72));
    }

    @Test
    void after_a_clock_that_was_put_on_what_was_missed_is_counted() {
        every10Seconds(CatchUp.NONE);
        pass(60);
        now = now.plus(Duration.ofMinutes(10));
        pass(60);

        long skipped =
                services
                        .state()
                        .schedules()
                        .skipped(services.state().schedules().of(ETL).get(0).id(), 10)
                        .stream()
                        .mapToLong(SkippedDues::count)
                        .sum();
        assertThat(dues).doesNotHaveDuplicates().hasSizeBetween(12, 14);
        assertThat(dues.size() + skipped).isEqualTo(72);
    }

    @Test
    void after_a_clock_that_was_put_back_no_due_instant_is_run_again_and_none_is_left_out() {
        every10Seconds(CatchUp.NONE);
        pass(120);
        now = now.minus(Duration.ofSeconds(95));
        pass(200);

        assertThat(dues).isEqualTo(instants(22));
    }

    @Test
    void a_run_whose_agent_is_there_goes_on_though_the_clock_was_put_on_past_its_lease() {
        FlowRun run = begun();
        now = now.plus(Duration.ofHours(1));
        ticker.tick(now);
        pass(3);
        renew(run);
        pass(10);
        renew(run);
        pass(10);

        assertThat(state(run)).isEqualTo(State.RUNNING);
    }

    @Test
    void a_run_whose_agent_is_gone_ends_though_the_clock_was_put_back_since_its_lease_was_given() {
        FlowRun run = begun();
        now = now.minus(Duration.ofHours(1));
        pass(15);
        assertThat(state(run)).isEqualTo(State.RUNNING);
        pass(15);

        assertThat(state(run)).isEqualTo(State.CRASHED);
    }

    @Test
    void a_run_whose_agent_could_not_renew_since_the_database_could_not_be_written_gets_time_to_do_so() {
        FlowRun run = begun();
        pass(10);
        services.mercy().give(now);
        pass(15);

        assertThat(state(run)).isEqualTo(State.RUNNING);
        pass(15);
        assertThat(state(run)).isEqualTo(State.CRASHED);
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            now = now.plusSeconds(1);
            ticker.tick(now);
            take();
        }
    }

    /** As an agent does that has room for all, and runs them at once. */
    private void take() {
        Claim all = new Claim("a", List.of("default"), Set.of(17), 100, LEASE);
        for (FlowRun run : services.state().claim(all)) {
            dues.add(run.plan().due());
            services.state().runs().begin(run.id(), "a");
            services.state().runs().finish(run.id(), "a", State.COMPLETED, Optional.empty());
        }
    }

    private void every10Seconds(CatchUp catchUp) {
        apply(List.of(ScheduleSpec.of(new Timing.Interval(Duration.ofSeconds(10), START))
                .withOverlap(Overlap.ALLOW)
                .withCatchUp(catchUp)));
    }

    private void apply(List<ScheduleSpec> schedules) {
        FolderFiles files = FolderFiles.of(Map.of(
                FolderFiles.YAML,
                "name: ETL".getBytes(StandardCharsets.UTF_8),
                FolderFiles.MANIFEST,
                ManifestJson.write(new FlowManifest(
                        1,
                        new TaskName("etl"),
                        "etl.ipynb",
                        17,
                        "UTC",
                        List.of(),
                        List.of(),
                        new FlowGraph(List.of(), List.of()),
                        "<svg/>",
                        List.of(),
                        List.of())),
                FolderFiles.JAR,
                new byte[] {0}));
        services.state()
                .deployments()
                .apply(DeploymentSpec.of(ETL, new TaskName("etl"), 17, files).withSchedules(schedules), false);
    }

    private FlowRun begun() {
        apply(List.of());
        pass(30);
        services.state().runs().create(NewRun.of(ETL, "{}", now, "ada"));
        services.state().agents().heartbeat(AgentReport.of("a", "host", List.of("default"), new TreeSet<>(Set.of(17))));
        FlowRun run = services.state()
                .claim(new Claim("a", List.of("default"), Set.of(17), 1, LEASE))
                .get(0);
        assertThat(services.state().runs().begin(run.id(), "a")).isTrue();
        return run;
    }

    private void renew(FlowRun run) {
        services.state().agents().heartbeat(AgentReport.of("a", "host", List.of("default"), new TreeSet<>(Set.of(17))));
        assertThat(services.state()
                        .agents()
                        .renew("a", List.of(run.id()), LEASE)
                        .renewed())
                .containsExactly(run.id());
    }

    private State state(FlowRun run) {
        return services.state().runs().show(run.id()).status().state();
    }

    private static List<Instant> instants(int count) {
        List<Instant> instants = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            instants.add(START.plusSeconds(10L * i));
        }
        return instants;
    }
}
