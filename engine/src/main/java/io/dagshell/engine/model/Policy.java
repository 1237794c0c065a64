package io.dagshell.engine.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the header of a cell says about running it; none of it is part of the cache key except {@code version}.
 *
 * @param title the human name ({@code name="Ingest flow"}), by default the method's name
 * @param retries attempts after the first, 0 by default
 * @param retryDelay wait between attempts
 * @param cache present if results are cached by input hash
 * @param effect the task changes the world: never skipped by the cache
 * @param timeout limit of one attempt
 * @param tags labels for limits and search
 * @param concurrency for a flow: how many of its tasks may run at once
 * @param version salt of the key
 */
public record Policy(
        String title,
        int retries,
        Duration retryDelay,
        Optional<CacheRule> cache,
        boolean effect,
        Optional<Duration> timeout,
        SortedSet<String> tags,
        OptionalInt concurrency,
        Optional<String> version) {

    public Policy {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must be 0 or more, not " + retries);
        }
        if (effect && cache.isPresent()) {
            throw new IllegalArgumentException("a task with effect cannot be cached");
        }
        tags = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /** No retries, no cache, no effect. */
    public static Policy defaults(String title) {
        return new Policy(
                title,
                0,
                Duration.ZERO,
                Optional.empty(),
                false,
                Optional.empty(),
                new TreeSet<>(),
                OptionalInt.empty(),
                Optional.empty());
    }

    /** Results may be reused; an entry older than {@code maxAge} (when present) is a miss. */
    public record CacheRule(Optional<Duration> maxAge) {}
}
