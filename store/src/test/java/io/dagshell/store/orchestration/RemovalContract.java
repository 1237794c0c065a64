package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What becomes of the runs of a deployment that is deleted, on either database. */
abstract class RemovalContract extends OrchestrationFixture {

    @Test
    void a_deployment_with_a_run_under_way_stays_with_all_it_has() {
        deployed(settings(), every(10));
        FlowRun order = ordered();
        claimed("a", 1);
        FlowRun waiting = ordered();

        assertThatThrownBy(() -> state.deployments().remove(ETL)).hasMessageContaining("1 run that is not over");

        assertThat(state.deployments().find(ETL)).isPresent();
        assertThat(state.schedules().of(ETL)).hasSize(1);
        assertThat(run(order.id()).status().state()).isEqualTo(State.PENDING);
        assertThat(run(waiting.id()).status().state()).isEqualTo(State.SCHEDULED);
    }

    @Test
    void its_schedules_go_and_runs_that_are_over_stay() {
        deployed(settings(), every(10));
        FlowRun order = ordered();
        claimed("a", 1);
        state.runs().finish(order.id(), "a", State.COMPLETED, Optional.empty());

        state.deployments().remove(ETL);

        assertThat(state.deployments().find(ETL)).isEmpty();
        assertThat(state.schedules().of(ETL)).isEmpty();
        assertThat(run(order.id()).status().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void runs_that_wait_are_cancelled_and_say_why() {
        deployed(settings());
        FlowRun waits = ordered();
        FlowRun held = ordered();
        state.runs().pause(held.id(), true);

        state.deployments().remove(ETL);

        for (FlowRun each : List.of(waits, held)) {
            assertThat(run(each.id()).status().state()).isEqualTo(State.CANCELLED);
            assertThat(run(each.id()).status().reason()).contains("Its deployment was deleted.");
        }
        assertThat(claimed("a", 5)).isEmpty();
    }

    @Test
    void a_run_of_it_is_not_run_again_until_its_folder_is_applied_again() {
        deployed(settings());
        FlowRun order = ordered();
        state.runs().requestCancel(order.id(), "no");
        state.deployments().remove(ETL);

        assertThatThrownBy(() -> state.runs().retry(order.id(), "mira"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("deployment 'Parameterized ETL' was deleted");
        assertThat(state.runs().retriesOf(order.id())).isEmpty();

        deployed(settings());
        assertThat(state.runs().retry(order.id(), "mira").status().state()).isEqualTo(State.SCHEDULED);
    }

    @Test
    void an_order_at_the_same_instant_is_refused_or_cancelled_but_never_left_waiting() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 40; round++) {
                deployed(settings());
                List<Callable<Boolean>> work = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    work.add(this::order);
                }
                work.add(() -> {
                    state.deployments().remove(ETL);
                    return true;
                });
                for (Future<Boolean> each : many.invokeAll(work)) {
                    each.get();
                }
                assertThat(claimed("a", 5)).isEmpty();
            }
        } finally {
            many.shutdownNow();
        }
    }

    private boolean order() {
        try {
            ordered();
            return true;
        } catch (RefusedException gone) {
            return false;
        }
    }
}
