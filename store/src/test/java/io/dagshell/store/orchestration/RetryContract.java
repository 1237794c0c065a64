package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Runs that are tried again without a person, on every database. */
abstract class RetryContract extends OrchestrationFixture {
    private static final Optional<String> DOWN = Optional.of("IOException: down");

    private static DeploymentSettings retried(int retries, String... when) {
        RetryRule rule = RetryRule.of(retries, Duration.ofSeconds(60));
        return settings()
                .withRetrying(when.length == 0 ? Retrying.of(rule) : new Retrying(rule, new TreeSet<>(Set.of(when))));
    }

    private boolean fails(RunId run) {
        return state.runs().finish(run, "a", State.AWAITING_RETRY, DOWN);
    }

    /** One that has failed and waits for its retry. */
    private RunId failed(DeploymentSettings settings) {
        RunId run = begun(settings);
        assertThat(fails(run)).isTrue();
        return run;
    }

    @Test
    void a_failed_run_waits_for_its_delay_and_is_handed_out_again_as_itself() {
        RunId run = failed(retried(2));

        FlowRun waits = run(run);
        assertThat(waits.status().state()).isEqualTo(State.AWAITING_RETRY);
        assertThat(waits.status().reason()).contains("IOException: down; attempt 2 of 3 follows");
        assertThat(waits.status().leaseUntil()).contains(clock.instant().plusSeconds(60));
        assertThat(claimed("a", 1)).isEmpty();
        clock.forward(Duration.ofSeconds(59));
        assertThat(claimed("a", 1)).isEmpty();
        clock.forward(Duration.ofSeconds(1));
        assertThat(begun().id()).isEqualTo(run);
        assertThat(run(run).tries()).isEqualTo(new FlowRun.Tries(1, 2, Optional.empty()));
        assertThat(all()).hasSize(1);
    }

    @Test
    void a_run_that_was_tried_often_enough_has_failed() {
        RunId run = failed(retried(1));
        clock.forward(Duration.ofSeconds(60));
        begun();
        assertThat(fails(run)).isTrue();
        assertThat(run(run).status().state()).isEqualTo(State.FAILED);
        assertThat(run(run).status().reason()).isEqualTo(DOWN);
    }

    @Test
    void an_end_that_is_told_twice_counts_once() {
        RunId run = begun(retried(1));
        OptionalInt first = OptionalInt.of(1);
        assertThat(state.runs().finish(run, "a", first, State.AWAITING_RETRY, DOWN))
                .isTrue();
        assertThat(state.runs().finish(run, "a", first, State.AWAITING_RETRY, DOWN))
                .isFalse();
        assertThat(state.runs().finish(run, "a", first, State.CRASHED, DOWN)).isFalse();
        assertThat(run(run).status().state()).isEqualTo(State.AWAITING_RETRY);
        clock.forward(Duration.ofSeconds(60));
        begun();
        assertThat(state.runs().finish(run, "a", first, State.FAILED, DOWN)).isFalse();
        assertThat(run(run).status().state()).isEqualTo(State.RUNNING);
        assertThat(state.runs().finish(run, "a", OptionalInt.of(2), State.COMPLETED, Optional.empty()))
                .isTrue();
    }

    @Test
    void a_run_that_waits_holds_no_room_and_comes_back_when_there_is_some() {
        RunId first = failed(retried(1).withConcurrency(1));
        RunId second = ordered().id();
        assertThat(begun().id()).isEqualTo(second);
        clock.forward(Duration.ofSeconds(60));
        assertThat(claimed("a", 1)).isEmpty();
        state.runs().finish(second, "a", State.COMPLETED, Optional.empty());
        assertThat(begun().id()).isEqualTo(first);
    }

    @Test
    void a_retry_is_held_back_while_its_deployment_is_paused() {
        RunId run = failed(retried(1));
        state.deployments().pause(ETL, true);
        clock.forward(Duration.ofSeconds(60));
        assertThat(claimed("a", 1)).isEmpty();
        state.deployments().pause(ETL, false);
        assertThat(begun().id()).isEqualTo(run);
    }

    @Test
    void a_run_that_waits_is_cancelled_at_once() {
        RunId run = failed(retried(1));
        assertThat(state.runs().requestCancel(run, "enough").status().state()).isEqualTo(State.CANCELLED);
        clock.forward(Duration.ofSeconds(60));
        assertThat(claimed("a", 1)).isEmpty();
    }

    @Test
    void a_run_that_is_being_cancelled_is_not_tried_again() {
        RunId run = begun(retried(1));
        state.runs().requestCancel(run, "enough");
        assertThat(fails(run)).isTrue();
        assertThat(run(run).status().state()).isEqualTo(State.CANCELLED);
    }

    private RunId failedOnAAndNotHandedToB() {
        deployed(retried(1));
        beat("a");
        beat("b");
        RunId run = ordered().id();
        begun();
        fails(run);
        clock.forward(Duration.ofSeconds(60));
        beat("a");
        assertThat(claimed("b", 1)).isEmpty();
        return run;
    }

    @Test
    void a_run_goes_on_with_the_agent_that_has_what_it_finished_as_long_as_that_is_there() {
        RunId run = failedOnAAndNotHandedToB();
        clock.forward(Limits.defaults().missingAfter().plusSeconds(1));
        assertThat(claimed("b", 1)).extracting(FlowRun::id).containsExactly(run);
    }

    @Test
    void a_run_does_not_wait_for_the_agent_that_had_it_if_that_gets_no_runs_any_more() {
        RunId run = failedOnAAndNotHandedToB();
        state.agents()
                .heartbeat(AgentReport.of("a", "host", List.of("default"), new TreeSet<>(Set.of(17)))
                        .notServed(Optional.of("is of an older DagShell than the server")));
        assertThat(claimed("b", 1)).extracting(FlowRun::id).containsExactly(run);
    }

    @Test
    void an_agent_that_takes_it_and_goes_away_gives_it_back() {
        RunId run = failed(retried(1));
        clock.forward(Duration.ofSeconds(60));
        claimed("a", 1);
        clock.forward(LEASE.plusSeconds(1));
        assertThat(state.expire(clock.instant()).givenBack()).hasSize(1);
        assertThat(run(run).status().state()).isEqualTo(State.SCHEDULED);
        assertThat(run(run).tries().retried()).isEqualTo(1);
    }

    @Test
    void crashes_and_failures_are_counted_together() {
        RunId run = failed(retried(2));
        clock.forward(Duration.ofSeconds(60));
        begun();
        state.runs().finish(run, "a", State.CRASHED, Optional.of("gone"));
        FlowRun anew = state.runs().retriesOf(run).get(0);
        assertThat(anew.tries().retried()).isEqualTo(2);
        assertThat(anew.origin().resumes()).contains(run);
        clock.forward(Duration.ofSeconds(60));
        begun();
        fails(anew.id());
        assertThat(run(anew.id()).status().state()).isEqualTo(State.FAILED);
    }

    @Test
    void a_crash_is_left_as_it_is_where_the_deployment_names_other_ends() {
        RunId run = begun(retried(2, "failed"));
        state.runs().finish(run, "a", State.CRASHED, Optional.of("gone"));
        assertThat(state.runs().retriesOf(run)).isEmpty();
        assertThatThrownBy(() -> retried(1, "lunch"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("crashed, failed, resource, user, system, not after 'lunch'");
    }

    @Test
    void a_person_who_runs_it_again_gets_all_retries_again() {
        RunId run = failed(retried(1));
        clock.forward(Duration.ofSeconds(60));
        begun();
        fails(run);
        FlowRun again = state.runs().resumeFrom(run, new TaskName("load"), "ada");
        assertThat(again.tries()).isEqualTo(new FlowRun.Tries(0, 0, Optional.of(new TaskName("load"))));
    }

    @Test
    void a_schedule_that_waits_for_the_run_before_waits_for_its_retries() {
        deployed(retried(1), every(30).withOverlap(Overlap.QUEUE));
        state.tick(clock.forward(Duration.ofSeconds(30)));
        RunId first = begun().id();
        fails(first);
        state.tick(clock.forward(Duration.ofSeconds(30)));
        assertThat(all()).hasSize(2);
        assertThat(claimed("a", 5)).isEmpty();
        clock.forward(Duration.ofSeconds(30));
        assertThat(begun().id()).isEqualTo(first);
        assertThat(run(first).plan().due()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void pauses_after_failures_count_runs_and_not_attempts() {
        deployed(
                retried(1).withPauseAfterFailures(1),
                every(100).withCatchUp(CatchUp.ALL).withOverlap(Overlap.ALLOW));
        state.tick(clock.forward(Duration.ofSeconds(100)));
        RunId run = begun().id();
        fails(run);
        state.expire(clock.instant());
        assertThat(state.deployments().show(ETL).paused()).isFalse();
        clock.forward(Duration.ofSeconds(60));
        begun();
        fails(run);
        state.expire(clock.instant());
        assertThat(state.deployments().show(ETL).paused()).isTrue();
    }
}
