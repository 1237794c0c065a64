package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Limits of tags over deployments, and priorities of queues, on every database. */
abstract class RunLimitContract extends OrchestrationFixture {
    private static final DeploymentName OTHER = new DeploymentName("Other");
    private static final DeploymentName FREE = new DeploymentName("Free");

    private void deploy(DeploymentName name, String queue, String... tags) {
        DeploymentSettings settings = settings().withQueue(queue).withTags(new TreeSet<>(Set.of(tags)));
        state.deployments().apply(spec(name, name + " " + settings).withSettings(settings), false);
    }

    private FlowRun order(DeploymentName name) {
        return state.runs().create(NewRun.of(name, "{}", clock.instant(), "ada"));
    }

    private void orderEach(int number) {
        for (int i = 0; i < number; i++) {
            order(ETL);
            order(OTHER);
            order(FREE);
        }
    }

    private List<DeploymentName> names(List<FlowRun> runs) {
        return runs.stream().map(run -> run.plan().deployment()).toList();
    }

    @Test
    void runs_of_all_deployments_with_a_tag_count_together_and_others_go_on() {
        deploy(ETL, "default", "warehouse", "nightly");
        deploy(OTHER, "default", "warehouse");
        deploy(FREE, "default", "nightly");
        state.limits().set("warehouse", 2);
        orderEach(3);

        List<FlowRun> taken = claimed("a", 20);
        assertThat(names(taken)).hasSize(5).filteredOn(FREE::equals).hasSize(3);
        assertThat(claimed("b", 20)).isEmpty();
        FlowRun one = taken.stream()
                .filter(run -> !run.plan().deployment().equals(FREE))
                .findFirst()
                .orElseThrow();
        state.runs().finish(one.id(), "a", State.COMPLETED, Optional.empty());
        assertThat(claimed("b", 20)).hasSize(1);
        state.limits().remove("warehouse");
        assertThat(claimed("b", 20)).hasSize(3);
    }

    @Test
    void runs_that_wait_for_it_hold_up_no_others_however_many_they_are() {
        deploy(ETL, "default", "warehouse");
        deploy(FREE, "default");
        state.limits().set("warehouse", 1);
        order(ETL);
        assertThat(claimed("a", 1)).hasSize(1);
        for (int i = 0; i < 40; i++) {
            order(ETL);
        }
        clock.forward(Duration.ofSeconds(1));
        order(FREE);
        assertThat(names(claimed("b", 1))).containsExactly(FREE);
    }

    @Test
    void a_run_with_several_limited_tags_needs_room_in_each() {
        deploy(ETL, "default", "a", "b");
        deploy(OTHER, "default", "b");
        state.limits().set("a", 5);
        state.limits().set("b", 1);
        order(OTHER);
        claimed("x", 1);
        order(ETL);
        assertThat(claimed("x", 5)).isEmpty();
        state.limits().set("b", 2);
        assertThat(claimed("x", 5)).hasSize(1);
    }

    @Test
    void one_that_waits_says_for_which_limit() {
        beat("a");
        deploy(ETL, "default", "warehouse");
        state.limits().set("warehouse", 1);
        order(ETL);
        claimed("a", 1);
        FlowRun second = order(ETL);
        state.expire(clock.forward(Duration.ofSeconds(3)));
        assertThat(run(second.id()).status().reason()).contains("the limit of 1 for tag warehouse is reached");
    }

    @Test
    void limits_are_listed_with_what_goes_on_and_waits() {
        deploy(ETL, "default", "warehouse");
        deploy(OTHER, "default", "warehouse");
        state.limits().set("warehouse", 1);
        state.limits().set("unused", 7);
        order(ETL);
        order(OTHER);
        claimed("a", 1);
        assertThat(state.limits().list())
                .containsExactly(
                        new RunLimit("unused", 7, 0, 0, List.of()),
                        new RunLimit("warehouse", 1, 1, 1, List.of(OTHER, ETL)));
    }

    @Test
    void what_is_no_limit_is_refused() {
        assertThatThrownBy(() -> state.limits().set("warehouse", 0)).hasMessageContaining("1 to 999999 runs at once");
        for (String none : List.of("", " ", "warehouse ", "ware\nhouse", "w".repeat(101))) {
            assertThatThrownBy(() -> state.limits().set(none, 1)).hasMessageContaining("is no tag");
        }
        assertThatThrownBy(() -> state.limits().remove("none")).hasMessageContaining("no limit of a tag 'none'");
        assertThat(state.limits().list()).isEmpty();
    }

    @Test
    void queues_with_smaller_numbers_are_served_first() {
        deploy(ETL, "default");
        deploy(OTHER, "urgent");
        state.queues().set("urgent", 1, OptionalInt.empty(), false);
        order(ETL);
        clock.forward(Duration.ofSeconds(5));
        order(OTHER);
        Claim both = new Claim("a", List.of("default", "urgent"), Set.of(17), 1, LEASE);
        assertThat(names(state.claim(both))).containsExactly(OTHER);
        assertThat(names(state.claim(both))).containsExactly(ETL);
    }

    @Test
    void agents_that_claim_at_once_never_take_more_than_a_limit() throws Exception {
        deploy(ETL, "default", "warehouse");
        deploy(OTHER, "default", "warehouse");
        state.limits().set("warehouse", 3);
        for (int i = 0; i < 80; i++) {
            order(i % 2 == 0 ? ETL : OTHER);
        }
        ExecutorService agents = Executors.newFixedThreadPool(4);
        CyclicBarrier together = new CyclicBarrier(4);
        try {
            for (int round = 0; round < 10; round++) {
                List<Future<List<FlowRun>>> claims = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    claims.add(agents.submit(() -> {
                        together.await(60, TimeUnit.SECONDS);
                        return claimed("a", 2);
                    }));
                }
                List<FlowRun> taken = new ArrayList<>();
                for (Future<List<FlowRun>> claim : claims) {
                    taken.addAll(claim.get(60, TimeUnit.SECONDS));
                }
                assertThat(taken).as("round " + round).hasSize(3);
                taken.forEach(run -> state.runs().finish(run.id(), "a", State.COMPLETED, Optional.empty()));
            }
        } finally {
            agents.shutdownNow();
        }
    }
}
