package io.dagshell.engine.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the header of a cell says about running it; none of it is part of the cache key except {@code version}.
 *
 * @param title the human name ({@code name="Ingest flow"}), by default the method's name
 * @param retry when a failed attempt is followed by another
 * @param cache present if results are cached by input hash
 * @param effect the task changes the world: never skipped by the cache
 * @param timeout limit of one attempt
 * @param tags labels for limits and search
 * @param concurrency for a flow: how many of its tasks may run at once
 * @param tagLimits for a flow: how many of its tasks with a tag may run at once
 * @param version salt of the key
 */
public record Policy(
        String title,
        RetryRule retry,
        Optional<CacheRule> cache,
        boolean effect,
        Optional<Duration> timeout,
        SortedSet<String> tags,
        OptionalInt concurrency,
        SortedMap<String, Integer> tagLimits,
        Optional<String> version) {

    public Policy {
        if (effect && cache.isPresent()) {
            throw new IllegalArgumentException("a task with effect cannot be cached");
        }
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        tagLimits = Collections.unmodifiableSortedMap(new TreeMap<>(tagLimits));
        if (tagLimits.values().stream().anyMatch(limit -> limit < 1)) {
            throw new IllegalArgumentException("a limit must be 1 or more: " + tagLimits);
        }
    }

    /** No retries, no cache, no effect. */
    public static Policy defaults(String title) {
        return new Policy(
                title,
                RetryRule.none(),
                Optional.empty(),
                false,
                Optional.empty(),
                new TreeSet<>(),
                OptionalInt.empty(),
                new TreeMap<>(),
                Optional.empty());
    }

    public Policy withTitle(String other) {
        return new Policy(other, retry, cache, effect, timeout, tags, concurrency, tagLimits, version);
    }

    public Policy withRetry(RetryRule other) {
        return new Policy(title, other, cache, effect, timeout, tags, concurrency, tagLimits, version);
    }

    public Policy withCache(CacheRule rule) {
        return new Policy(title, retry, Optional.of(rule), effect, timeout, tags, concurrency, tagLimits, version);
    }

    public Policy withEffect(boolean other) {
        return new Policy(title, retry, cache, other, timeout, tags, concurrency, tagLimits, version);
    }

    public Policy withTimeout(Duration limit) {
        return new Policy(title, retry, cache, effect, Optional.of(limit), tags, concurrency, tagLimits, version);
    }

    public Policy withTags(SortedSet<String> other) {
        return new Policy(title, retry, cache, effect, timeout, other, concurrency, tagLimits, version);
    }

    public Policy withConcurrency(int limit) {
        return new Policy(title, retry, cache, effect, timeout, tags, OptionalInt.of(limit), tagLimits, version);
    }

    public Policy withTagLimits(Map<String, Integer> limits) {
        return new Policy(title, retry, cache, effect, timeout, tags, concurrency, new TreeMap<>(limits), version);
    }

    public Policy withVersion(String salt) {
        return new Policy(title, retry, cache, effect, timeout, tags, concurrency, tagLimits, Optional.of(salt));
    }

    /** Results may be reused; an entry older than {@code maxAge} (when present) is a miss. */
    public record CacheRule(Optional<Duration> maxAge) {
        /** Of any age. */
        public static CacheRule always() {
            return new CacheRule(Optional.empty());
        }
    }
}
