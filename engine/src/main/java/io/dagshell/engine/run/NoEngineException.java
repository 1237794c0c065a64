package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;

/** The calling thread belongs to no engine, or to a call that is over. */
public final class NoEngineException extends EngineException {
    private static final long serialVersionUID = 1L;

    NoEngineException() {
        super(
                "no DagShell engine is bound to thread "
                        + Thread.currentThread().getName()
                        + "; call tasks from a cell or a flow, or inside Engine.within(..)",
                FailureKind.USER,
                null);
    }

    NoEngineException(String message) {
        super(message, FailureKind.USER, null);
    }
}
