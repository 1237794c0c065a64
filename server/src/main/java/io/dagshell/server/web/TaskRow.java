package io.dagshell.server.web;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.engine.picture.Amounts;
import io.dagshell.store.TaskRunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call in a table.
 *
 * @param depth how many flows it is in
 */
public record TaskRow(TaskRunRecord record, int depth, String address) {

    public String name() {
        return record.call().task().value();
    }

    public boolean flow() {
        return record.call().kind() == Kind.FLOW;
    }

    public State state() {
        return record.status().state();
    }

    /** When it began, or was made. */
    public Instant began() {
        return record.status().startedAt().orElse(record.status().createdAt());
    }

    /** How long it took; empty while it goes on or before it began. */
    public Optional<Duration> took() {
        return record.status().finishedAt().map(end -> Duration.between(began(), end));
    }

    public boolean begun() {
        return record.status().startedAt().isPresent()
                || record.status().finishedAt().isPresent();
    }

    /** What it returned, how far it is, or why it failed. */
    public String result() {
        if (record.failure().isPresent()) {
            return record.failure().get().message();
        }
        if (record.summary().isPresent()) {
            return record.summary().get();
        }
        return record.progress()
                .map(TaskRow::progress)
                .or(record.status()::message)
                .orElse("");
    }

    private static String progress(TaskRunRecord.Progress progress) {
        String done = Shown.count(progress.done());
        return (progress.total().isPresent()
                        ? done + " of " + Shown.count(progress.total().getAsLong())
                        : done) + " " + progress.unit();
    }

    /** How far it is, from 0 to 1, while it goes on and knows its end. */
    public Optional<String> share() {
        return record.progress()
                .filter(progress -> !state().isTerminal() && progress.total().orElse(0) > 0)
                .map(progress -> Shown.percent(Math.min(
                        1.0, (double) progress.done() / progress.total().getAsLong())));
    }

    /** What the cache said and why. */
    public String cache() {
        return record.cache().map(TaskRow::words).orElse("");
    }

    private static String words(TaskRunRecord.Cache cache) {
        return switch (cache.outcome()) {
            case HIT -> "hit" + cache.age().map(age -> ", " + Amounts.age(age)).orElse("");
            case MISS -> "miss" + because(cache);
            case REFRESHED -> "refreshed" + because(cache);
            case NOT_CACHED -> "not cached" + because(cache);
            case RESUMED -> cache.reason();
        };
    }

    private static String because(TaskRunRecord.Cache cache) {
        return cache.reason().isBlank() ? "" : ": " + cache.reason();
    }

    /** The time that was saved. */
    public Optional<String> saved() {
        return record.cache().flatMap(TaskRunRecord.Cache::saved).map(Shown::took);
    }
}
