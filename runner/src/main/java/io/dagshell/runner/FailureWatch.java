package io.dagshell.runner;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.State;
import java.util.Optional;

/** Remembers how the run ended. Thread-safe: guarded by this. */
final class FailureWatch implements RunSink {
    private Optional<TaskFailed> failure = Optional.empty();
    private Optional<State> end = Optional.empty();

    @Override
    public synchronized void accept(RunEvent event) {
        if (event instanceof TaskFailed failed) {
            failure = Optional.of(failed);
        } else if (event instanceof RunFinished finished) {
            end = Optional.of(finished.state());
        }
    }

    /** The failure that went furthest up: the flow's own, if the flow failed. */
    synchronized Optional<TaskFailed> failure() {
        return failure;
    }

    synchronized Optional<State> end() {
        return end;
    }
}
