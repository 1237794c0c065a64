package io.dagshell.engine.parameter;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;

/** A parameter is missing, unknown or malformed; the message names it, its type and the accepted form. Immutable. */
public final class ParameterException extends RuntimeException implements KnowsFailureKind {
    private static final long serialVersionUID = 1L;

    public ParameterException(String message) {
        super(message);
    }

    ParameterException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public FailureKind failureKind() {
        return FailureKind.USER;
    }
}
