package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

@SuppressWarnings("NullAway.Init")
class TransitionsTest {
    private final TestClock clock = new TestClock(OrchestrationFixture.START);
    private Path folder;
    private Database database;
    private Orchestration state;

    /** What may be done to a run. */
    enum Step {
        CLAIM,
        START,
        AWAIT_RETRY,
        COMPLETE,
        FAIL,
        CRASH,
        CANCELLED,
        REQUEST_CANCEL,
        HOLD,
        LET_GO,
        RENEW,
        WAIT,
        EXPIRE,
        RETRY,
        RESUME
    }

    @BeforeProperty
    void open() throws IOException {
        folder = Files.createTempDirectory("transitions");
        database = Database.file(folder.resolve("dagshell.db"));
        state = Orchestration.of(database, clock, Limits.defaults(), DueParameters.filled());
        state.deployments()
                .apply(
                        DeploymentSpec.of(
                                        OrchestrationFixture.ETL,
                                        new TaskName("etl"),
                                        17,
                                        OrchestrationFixture.folder("x"))
                                .withSettings(DeploymentSettings.defaults().withRetries(1, Duration.ZERO)),
                        false);
    }

    @AfterProperty
    void close() throws IOException {
        database.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 150)
    void a_run_only_ever_moves_as_the_table_of_transitions_allows(@ForAll @Size(max = 25) List<Step> steps) {
        RunId run = state.runs()
                .create(NewRun.of(OrchestrationFixture.ETL, "{}", clock.instant(), "x"))
                .id();
        FlowRun.Status before = state.runs().show(run).status();
        for (Step step : steps) {
            attempt(run, step);
            FlowRun.Status after = state.runs().show(run).status();
            boolean throughRunning = before.state() == State.PENDING && State.RUNNING.mayBecome(after.state());
            boolean givenBackLate =
                    step == Step.EXPIRE && before.state() == State.PENDING && after.state() == State.LATE;
            assertThat(after.state() == before.state()
                            || before.state().mayBecome(after.state())
                            || throughRunning
                            || givenBackLate)
                    .as(before.state() + " to " + after.state() + " by " + step)
                    .isTrue();
            if (before.state().isTerminal()) {
                assertThat(after).isEqualTo(before);
            }
            assertThat(after.finishedAt().isPresent()).isEqualTo(after.state().isTerminal());
            before = after;
        }
        assertThat(state.runs().retriesOf(run))
                .allMatch(again -> state.runs().show(run).status().state().isTerminal());
    }

    private void attempt(RunId run, Step step) {
        try {
            act(run, step);
        } catch (RefusedException refused) {
            assertThat(refused.why()).isEqualTo(RefusedException.Why.CONFLICT);
        }
    }

    private void act(RunId run, Step step) {
        FlowRuns runs = state.runs();
        switch (step) {
            case CLAIM -> state.claim(new Claim("a", List.of("default"), Set.of(17), 50, Duration.ofSeconds(15)));
            case START -> runs.begin(run, "a");
            case AWAIT_RETRY -> runs.finish(run, "a", State.AWAITING_RETRY, Optional.empty());
            case COMPLETE -> runs.finish(run, "a", State.COMPLETED, Optional.empty());
            case FAIL -> runs.finish(run, "a", State.FAILED, Optional.of("x"));
            case CRASH -> runs.finish(run, "a", State.CRASHED, Optional.of("x"));
            case CANCELLED -> runs.finish(run, "a", State.CANCELLED, Optional.empty());
            case REQUEST_CANCEL -> runs.requestCancel(run, "x");
            case HOLD -> runs.pause(run, true);
            case LET_GO -> runs.pause(run, false);
            case RENEW -> state.agents().renew("a", List.of(run), Duration.ofSeconds(15));
            case WAIT -> clock.forward(Duration.ofSeconds(16));
            case EXPIRE -> state.expire(clock.instant());
            case RETRY -> runs.retry(run, "x");
            case RESUME -> runs.resume(run, "x");
        }
    }
}
