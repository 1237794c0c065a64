package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RetryRule;
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
 * @param retrying when a run that failed or crashed is tried again
 * @param pauseAfterFailures pauses its schedules when so many scheduled runs in a row have failed; empty never does
 */
public record DeploymentSettings(
        String queue,
        SortedSet<String> tags,
        String description,
        OptionalInt concurrency,
        Retrying retrying,
        OptionalInt pauseAfterFailures) {
    /** The work queue of deployments that name none. */
    public static final String DEFAULT_QUEUE = "default";

    private static final int MOST_FAILURES = 1_000;

    public DeploymentSettings {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        WorkQueue.check(queue);
        WorkQueue.checkLimit(concurrency);
        checkFailures(pauseAfterFailures);
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
                DEFAULT_QUEUE, new TreeSet<>(), "", OptionalInt.empty(), Retrying.never(), OptionalInt.empty());
    }

    public DeploymentSettings withQueue(String other) {
        return new DeploymentSettings(other, tags, description, concurrency, retrying, pauseAfterFailures);
    }

    public DeploymentSettings withTags(SortedSet<String> others) {
        return new DeploymentSettings(queue, others, description, concurrency, retrying, pauseAfterFailures);
    }

    public DeploymentSettings withDescription(String other) {
        return new DeploymentSettings(queue, tags, other, concurrency, retrying, pauseAfterFailures);
    }

    public DeploymentSettings withConcurrency(int limit) {
        return new DeploymentSettings(queue, tags, description, OptionalInt.of(limit), retrying, pauseAfterFailures);
    }

    public DeploymentSettings withRetries(int number, Duration delay) {
        return new DeploymentSettings(
                queue, tags, description, concurrency, Retrying.of(RetryRule.of(number, delay)), pauseAfterFailures);
    }

    public DeploymentSettings withRetrying(Retrying other) {
        return new DeploymentSettings(queue, tags, description, concurrency, other, pauseAfterFailures);
    }

    /** Attempts after the first. */
    public int retries() {
        return retrying.rule().retries();
    }

    /** How long the first of them waits. */
    public Duration retryDelay() {
        return retrying.rule().delay().before(1);
    }

    public DeploymentSettings withPauseAfterFailures(int limit) {
        return new DeploymentSettings(queue, tags, description, concurrency, retrying, OptionalInt.of(limit));
    }
}
