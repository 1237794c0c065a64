package io.dagshell.runner;

import io.dagshell.engine.event.FailureKind;

/** How a run ends for the process that asked for it. */
final class ExitCode {
    static final int DONE = 0;
    static final int FLOW_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int UNREACHABLE = 3;

    private ExitCode() {}

    /** Of a flow that failed. */
    static int of(FailureKind kind) {
        return switch (kind) {
            case USER, SYSTEM -> FLOW_FAILED;
            case RESOURCE -> UNREACHABLE;
        };
    }
}
