package io.dagshell.store.orchestration;

import java.time.Duration;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How runs of a deployment are made.
 *
 * @param queue the work queue its runs wait in
 * @param concurrency how many of its runs may go on at once, empty for any number
 * @param retries how often a run that crashed is made anew
 * @param retryDelay how long that waits
 * @param pauseAfterFailures pauses its schedules when so many scheduled runs in a row have failed; empty never does
 */
public record DeploymentSettings(
        String queue,
        SortedSet<String> tags,
        String description,
        OptionalInt concurrency,
        int retries,
        Duration retryDelay,
        OptionalInt pauseAfterFailures) {
    /** The work queue of deployments that name none. */
    public static final String DEFAULT_QUEUE = "default";

    private static final int MOST_FAILURES = 1_000;

    public DeploymentSettings {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        WorkQueue.check(queue);
        WorkQueue.checkLimit(concurrency);
        checkFailures(pauseAfterFailures);
        if (retries < 0 || retryDelay.isNegative()) {
            throw RefusedException.invalid("Retries and their delay are not negative.");
        }
    }

    private static void checkFailures(OptionalInt limit) {
        if (limit.isPresent() && (limit.getAsInt() < 1 || limit.getAsInt() > MOST_FAILURES)) {
            throw RefusedException.invalid("Schedules are paused after 1 to " + MOST_FAILURES
                    + " failed runs in a row, not after " + limit.getAsInt() + ".");
        }
    }

    /** On the queue {@code default}, without limit or retries. */
    public static DeploymentSettings defaults() {
        return new DeploymentSettings(
                DEFAULT_QUEUE, new TreeSet<>(), "", OptionalInt.empty(), 0, Duration.ZERO, OptionalInt.empty());
    }

    public DeploymentSettings withQueue(String other) {
        return new DeploymentSettings(other, tags, description, concurrency, retries, retryDelay, pauseAfterFailures);
    }

    public DeploymentSettings withTags(SortedSet<String> others) {
        return new DeploymentSettings(queue, others, description, concurrency, retries, retryDelay, pauseAfterFailures);
    }

    public DeploymentSettings withDescription(String other) {
        return new DeploymentSettings(queue, tags, other, concurrency, retries, retryDelay, pauseAfterFailures);
    }

    public DeploymentSettings withConcurrency(int limit) {
        return new DeploymentSettings(
                queue, tags, description, OptionalInt.of(limit), retries, retryDelay, pauseAfterFailures);
    }

    public DeploymentSettings withRetries(int number, Duration delay) {
        return new DeploymentSettings(queue, tags, description, concurrency, number, delay, pauseAfterFailures);
    }

    public DeploymentSettings withPauseAfterFailures(int limit) {
        return new DeploymentSettings(
                queue, tags, description, concurrency, retries, retryDelay, OptionalInt.of(limit));
    }
}
