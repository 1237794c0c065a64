package io.dagshell.store;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Instant;
import java.util.Optional;

/** A run as the store knows it; the words are those of {@link io.dagshell.engine.event.RunEvent.RunStarted}. */
public record RunRecord(
        RunId id,
        TaskName flow,
        Kind kind,
        String title,
        String parametersJson,
        String origin,
        String source,
        State state,
        Optional<String> message,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<RunId> resumes) {}
