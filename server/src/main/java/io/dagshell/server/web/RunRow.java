package io.dagshell.server.web;

import io.dagshell.store.RunRecord;
import java.time.Duration;
import java.util.Optional;

/** A run in a list. */
public record RunRow(RunRecord run, TaskCounts tasks) {

    public String address() {
        return "/runs/" + run.id();
    }

    /** How long it took; empty while it goes on. */
    public Optional<Duration> took() {
        return run.finishedAt().map(end -> Duration.between(run.startedAt(), end));
    }
}
