package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;

/** The calling thread belongs to no engine, or to a call that is over. Immutable. */
public final class NoEngineException extends IllegalStateException implements KnowsFailureKind {
    private static final long serialVersionUID = 1L;

    NoEngineException() {
        this("no DagShell engine is bound to thread " + Thread.currentThread().getName()
                + "; call tasks from a cell or a flow, or inside Engine.within(..)");
    }

    NoEngineException(String message) {
        super(message);
    }

    @Override
    public FailureKind failureKind() {
        return FailureKind.USER;
    }
}
