package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of one call of a run. Guarded by its {@link RunStory}. */
final class TaskRow {
    final RunEvent.TaskCreated created;
    final int depth;
    State state = State.PENDING;
    int attempt = 1;

    @Nullable
    Instant started;

    @Nullable
    Instant ended;

    @Nullable
    String message;

    RunEvent.@Nullable CacheConsulted cache;
    RunEvent.@Nullable Progressed progress;
    RunEvent.@Nullable TaskFailed failure;

    @Nullable
    String result;

    TaskRow(RunEvent.TaskCreated created, int depth) {
        this.created = created;
        this.depth = depth;
    }

    String name() {
        return created.task().value();
    }

    void become(RunEvent.TaskStateChanged change) {
        state = change.state();
        attempt = Math.max(attempt, change.attempt());
        message = change.message().orElse(null);
        if (state == State.RUNNING && started == null) {
            started = change.at();
        }
        if (state.isTerminal()) {
            ended = change.at();
        }
    }

    /** From its first start to its end, or to {@code now}; a hit counts from when it was asked for. */
    Duration took(Instant now) {
        Instant from = started != null ? started : created.at();
        Instant to = ended != null ? ended : now;
        return started == null && ended == null ? Duration.ZERO : Duration.between(from, to);
    }
}
