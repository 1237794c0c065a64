package io.dagshell.engine.approval;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;

/** A person rejected what a flow asked with {@code approve(..)}, or nobody answered in time. Not tried again. */
public final class RejectedException extends RuntimeException implements KnowsFailureKind {
    private static final long serialVersionUID = 1L;

    public RejectedException(String question, String by, String reason) {
        super("'" + question + "' was rejected by " + by + (reason.isBlank() ? "" : ": " + reason));
    }

    @Override
    public FailureKind failureKind() {
        return FailureKind.USER;
    }
}
