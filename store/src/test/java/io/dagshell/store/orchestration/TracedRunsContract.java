package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.orchestration.TracedRuns.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each run that ended is to be told of once, whichever server asks, on every database. */
abstract class TracedRunsContract extends OrchestrationFixture {
    private static final Duration LEASE_OF_ONE = Duration.ofMinutes(2);
    private static final int MANY = 100;

    private RunId ended() {
        ordered();
        FlowRun run = claimed("a", 1).get(0);
        state.runs().begin(run.id(), "a");
        state.runs().finish(run.id(), "a", State.COMPLETED, Optional.empty());
        return run.id();
    }

    private List<Due> claimedFrom(Instant from) {
        return state.traced().claim(clock.instant(), from, MANY, LEASE_OF_ONE);
    }

    @Test
    void a_run_that_ended_is_handed_out_once_and_one_that_goes_on_or_ended_long_ago_is_not() {
        deployed(settings());
        ended();
        clock.forward(Duration.ofDays(1));
        RunId late = ended();
        ordered();

        assertThat(claimedFrom(clock.instant().minusSeconds(60))).containsExactly(new Due(late, 1));
        assertThat(claimedFrom(clock.instant().minusSeconds(60))).isEmpty();
    }

    @Test
    void a_run_that_was_told_never_comes_back() {
        deployed(settings());
        RunId run = ended();
        claimedFrom(START);
        state.traced().told(run);

        clock.forward(Duration.ofDays(1));

        assertThat(claimedFrom(START)).isEmpty();
    }

    @Test
    void a_run_whose_server_went_away_or_whose_collector_refused_comes_again_in_its_time() {
        deployed(settings());
        RunId run = ended();
        claimedFrom(START);
        clock.forward(LEASE_OF_ONE);
        assertThat(claimedFrom(START)).containsExactly(new Due(run, 2));

        state.traced().notTold(run, Optional.of(clock.instant().plus(Duration.ofHours(1))));
        assertThat(claimedFrom(START)).isEmpty();
        clock.forward(Duration.ofHours(1));
        assertThat(claimedFrom(START)).containsExactly(new Due(run, 3));

        state.traced().notTold(run, Optional.empty());
        clock.forward(Duration.ofDays(1));
        assertThat(claimedFrom(START)).isEmpty();
    }

    @Test
    void of_servers_that_ask_at_once_one_gets_each_run() throws Exception {
        deployed(settings());
        List<RunId> runs = IntStream.range(0, 20).mapToObj(i -> ended()).toList();
        CountDownLatch all = new CountDownLatch(4);
        List<CompletableFuture<List<Due>>> servers = IntStream.range(0, 4)
                .mapToObj(server -> CompletableFuture.supplyAsync(
                        () -> {
                            all.countDown();
                            await(all);
                            return claimedFrom(START);
                        },
                        // Of the common pool there is one thread on two cores, from Java 25 on.
                        task -> new Thread(task).start()))
                .toList();

        List<RunId> handedOut = new ArrayList<>();
        for (CompletableFuture<List<Due>> server : servers) {
            server.get().forEach(due -> handedOut.add(due.run()));
        }

        assertThat(handedOut).hasSize(runs.size());
        assertThat(Set.copyOf(handedOut)).isEqualTo(Set.copyOf(runs));
    }

    private static void await(CountDownLatch all) {
        try {
            all.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_run_that_is_deleted_leaves_nothing() {
        deployed(settings());
        ended();
        claimedFrom(START);

        assertThat(state.deleteEndedBefore(clock.instant().plusSeconds(1))).isEqualTo(1);

        clock.forward(Duration.ofDays(1));
        assertThat(claimedFrom(START)).isEmpty();
    }
}
