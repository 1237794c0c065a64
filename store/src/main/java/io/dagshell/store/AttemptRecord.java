package io.dagshell.store;

import io.dagshell.engine.model.State;
import java.time.Instant;
import java.util.Optional;

/** An attempt of a call that had more than one. */
public record AttemptRecord(
        int ordinal,
        int attempt,
        State state,
        Optional<String> message,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {}
