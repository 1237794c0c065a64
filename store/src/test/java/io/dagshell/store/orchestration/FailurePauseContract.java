package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A deployment whose scheduled runs fail one after the other pauses its schedules, on every database. */
abstract class FailurePauseContract extends OrchestrationFixture {

    private void deploy(int limit) {
        deployed(settings().withPauseAfterFailures(limit), every(10).withCatchUp(CatchUp.ALL));
    }

    /** The next scheduled run ends so. */
    private FlowRun ended(State how) {
        state.tick(clock.forward(Duration.ofSeconds(10)));
        FlowRun run = claimed("a", 1).get(0);
        clock.forward(Duration.ofMillis(100));
        state.runs().finish(run.id(), "a", how, Optional.empty());
        state.expire(clock.instant());
        return run;
    }

    private void fails(FlowRun run) {
        assertThat(claimed("a", 1)).extracting(FlowRun::id).containsExactly(run.id());
        clock.forward(Duration.ofMillis(100));
        state.runs().finish(run.id(), "a", State.FAILED, Optional.empty());
        state.expire(clock.instant());
    }

    private Deployment deployment() {
        return state.deployments().show(ETL);
    }

    @Test
    void schedules_pause_after_so_many_failures_in_a_row_and_say_why() {
        deploy(3);
        ended(State.FAILED);
        ended(State.FAILED);
        ended(State.COMPLETED);
        ended(State.FAILED);
        ended(State.CRASHED);
        assertThat(deployment().paused()).isFalse();
        ended(State.FAILED);

        assertThat(deployment().paused()).isTrue();
        assertThat(deployment().pausedReason()).contains("its last 3 scheduled runs failed");
        assertThat(deployment().pausedAt()).contains(clock.instant());
        int runs = all().size();
        state.tick(clock.forward(Duration.ofSeconds(60)));
        assertThat(all()).hasSize(runs);
    }

    @Test
    void a_tick_makes_no_further_run_even_before_anybody_looked() {
        deploy(1);
        state.tick(clock.forward(Duration.ofSeconds(10)));
        FlowRun run = claimed("a", 1).get(0);
        state.runs().finish(run.id(), "a", State.FAILED, Optional.empty());
        state.tick(clock.forward(Duration.ofSeconds(10)));
        assertThat(all()).hasSize(1);
        assertThat(deployment().pausedReason()).contains("its last scheduled run failed");
    }

    @Test
    void what_failed_before_it_is_resumed_counts_no_more() {
        deploy(2);
        ended(State.FAILED);
        ended(State.FAILED);
        assertThat(deployment().paused()).isTrue();
        state.deployments().pause(ETL, false);
        assertThat(deployment().pausedReason()).isEmpty();
        ended(State.FAILED);
        assertThat(deployment().paused()).isFalse();
        ended(State.FAILED);
        assertThat(deployment().paused()).isTrue();
    }

    @Test
    void runs_that_people_order_cancel_or_run_again_do_not_count() {
        deploy(2);
        FlowRun first = ended(State.FAILED);
        ended(State.CANCELLED);
        fails(ordered());
        assertThat(deployment().paused()).isFalse();
        fails(state.runs().retry(first.id(), "ada"));
        assertThat(deployment().paused()).as("a run and the same run again").isFalse();
        ended(State.FAILED);
        assertThat(deployment().paused()).isTrue();
    }

    @Test
    void without_a_limit_and_when_a_person_pauses_nothing_is_said() {
        deployed(settings(), every(10).withCatchUp(CatchUp.ALL));
        for (int i = 0; i < 5; i++) {
            ended(State.FAILED);
        }
        assertThat(deployment().paused()).isFalse();
        state.deployments().pause(ETL, true);
        assertThat(deployment().pausedReason()).isEmpty();
        assertThatThrownBy(() -> settings().withPauseAfterFailures(0))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("after 1 to 1000 failed runs in a row, not after 0");
    }

    @Test
    void somebody_is_told_once_of_each_pause() {
        deploy(1);
        state.alertRules()
                .set(new AlertRule(
                        "pauses",
                        Set.of(AlertKind.PAUSED),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO,
                        "mail",
                        List.of(),
                        true));
        clock.forward(Duration.ofSeconds(1));
        ended(State.FAILED);
        assertThat(look()).isEqualTo(1);
        assertThat(look()).isZero();
        assertThat(state.alertMessages().claim(clock.instant(), 5, LEASE))
                .singleElement()
                .satisfies(message -> assertThat(message.deployment()).isEqualTo(ETL));
        state.deployments().pause(ETL, false);
        ended(State.FAILED);
        assertThat(look()).isEqualTo(1);
        state.deployments().pause(ETL, false);
        clock.forward(Duration.ofSeconds(1));
        state.deployments().pause(ETL, true);
        assertThat(look()).isZero();
    }

    private int look() {
        return state.alertMessages().look(clock.instant(), clock.instant().minus(Duration.ofDays(1)));
    }
}
