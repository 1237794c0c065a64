package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;
import org.jspecify.annotations.Nullable;

/** Something the engine itself could not or would not do; exceptions of tasks are never wrapped in it. Immutable. */
public abstract class EngineException extends RuntimeException implements KnowsFailureKind {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    EngineException(String message, FailureKind kind, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    @Override
    public FailureKind failureKind() {
        return kind;
    }
}
