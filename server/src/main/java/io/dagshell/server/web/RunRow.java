package io.dagshell.server.web;

import io.dagshell.store.orchestration.ListedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A run in a list. */
public record RunRow(ListedRun run, TaskCounts tasks) {

    public String address() {
        return "/runs/" + run.id();
    }

    /** When it began, or is due. */
    public Instant began() {
        return run.startedAt().orElse(run.at());
    }

    public boolean begun() {
        return run.startedAt().isPresent();
    }

    /** How long it took; empty while it goes on. */
    public Optional<Duration> took() {
        return took(run);
    }

    static Optional<Duration> took(ListedRun run) {
        return run.startedAt().flatMap(start -> run.finishedAt().map(end -> Duration.between(start, end)));
    }
}
