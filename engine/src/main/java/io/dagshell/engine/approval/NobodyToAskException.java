package io.dagshell.engine.approval;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;

/** There is nobody to ask where the flow runs; the message says where there is. */
public final class NobodyToAskException extends RuntimeException implements KnowsFailureKind {
    private static final long serialVersionUID = 1L;

    public NobodyToAskException(String message) {
        super(message);
    }

    @Override
    public FailureKind failureKind() {
        return FailureKind.USER;
    }
}
