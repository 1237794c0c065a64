package io.dagshell.server.metrics;

import io.dagshell.engine.model.State;
import io.dagshell.server.metrics.Exposition.Kind;
import io.dagshell.store.orchestration.RunFigures;
import io.dagshell.store.orchestration.RunFigures.Calls;
import io.dagshell.store.orchestration.RunFigures.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs that ended since this server started, whichever server or agent had them: at each question those that ended since
 * the one before are read and counted. Guarded by itself.
 */
final class EndedRuns {
    /** A transaction that ends a run may be seen a moment later than the time it wrote. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** So that names people make up by the thousand do not become as many series. */
    private static final int MOST_DEPLOYMENTS = 200;

    private static final String OTHERS = "(others)";

    /** How a run ends. */
    private static final List<String> ENDS = Stream.of(State.COMPLETED, State.FAILED, State.CRASHED, State.CANCELLED)
            .map(State::word)
            .toList();

    private final RunFigures figures;
    private Instant counted;
    private final Set<String> named = new HashSet<>();
    private final Map<Key, Long> ended = new TreeMap<>();
    private final Map<String, long[]> durations = new TreeMap<>();
    private final Map<Key, Long> calls = new TreeMap<>();
    private final Buckets took = Buckets.ofRuns();
    private final Buckets late = Buckets.ofRuns();
    private long retriedRuns;
    private long retriedCalls;

    private record Key(String first, String second) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = first.compareTo(other.first);
            return order == 0 ? second.compareTo(other.second) : order;
        }
    }

    EndedRuns(RunFigures figures, Instant now) {
        this.figures = figures;
        this.counted = now.minus(SETTLED);
    }

    /** The name, or the one of all that are too many. */
    synchronized String label(String deployment) {
        if (named.contains(deployment) || named.size() < MOST_DEPLOYMENTS) {
            named.add(deployment);
            return deployment;
        }
        return OTHERS;
    }

    /** A counter that begins at 1 has no rise, so that whoever watches would miss the first failure. */
    private void begin() {
        for (String name : figures.deployments(MOST_DEPLOYMENTS)) {
            String deployment = label(name);
            ENDS.forEach(state -> ended.putIfAbsent(new Key(deployment, state), 0L));
            durations.putIfAbsent(deployment, new long[2]);
        }
    }

    private void count(Instant now) {
        Instant until = now.minus(SETTLED);
        if (!until.isAfter(counted)) {
            return;
        }
        for (Ended run : figures.ended(counted, until)) {
            String deployment = label(run.deployment());
            ended.merge(new Key(deployment, run.state()), 1L, Long::sum);
            retriedRuns += run.retries();
            run.lateness().ifPresent(late::add);
            run.took().ifPresent(time -> {
                took.add(time);
                long[] all = durations.computeIfAbsent(deployment, each -> new long[2]);
                all[0]++;
                all[1] += time.toNanos();
            });
        }
        for (Calls each : figures.calls(counted, until)) {
            calls.merge(
                    new Key(each.state(), each.cache().orElse("none").toLowerCase(java.util.Locale.ROOT)),
                    each.calls(),
                    Long::sum);
            retriedCalls += each.retries();
        }
        counted = until;
    }

    synchronized void tell(Exposition to, Instant now) {
        begin();
        count(now);
        to.name("dagshell_runs_ended_total", Kind.COUNTER, "Runs that ended since this server started, by how.");
        ended.forEach((key, runs) ->
                to.sample("dagshell_runs_ended_total", runs, "deployment", key.first(), "state", key.second()));
        to.name("dagshell_deployment_run_seconds", Kind.SUMMARY, "Time of a deployment's runs from start to end.");
        durations.forEach((deployment, all) -> to.sample(
                        "dagshell_deployment_run_seconds_sum", all[1] / 1e9, "deployment", deployment)
                .sample("dagshell_deployment_run_seconds_count", all[0], "deployment", deployment));
        took.tell(to, "dagshell_run_seconds", "Time of runs from start to end.");
        late.tell(to, "dagshell_run_lateness_seconds", "From when a schedule said that a run is due to its start.");
        to.only(
                "dagshell_runs_retried_total",
                Kind.COUNTER,
                "How often runs that ended were tried again, as themselves or as a run made anew.",
                retriedRuns);
        to.name(
                "dagshell_task_calls_total",
                Kind.COUNTER,
                "Calls of tasks in runs that ended, with what the cache said.");
        calls.forEach((key, count) ->
                to.sample("dagshell_task_calls_total", count, "state", key.first(), "cache", key.second()));
        to.only("dagshell_task_retries_total", Kind.COUNTER, "Attempts of task calls after the first.", retriedCalls);
    }
}
