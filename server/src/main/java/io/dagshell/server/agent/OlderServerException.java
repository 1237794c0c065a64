package io.dagshell.server.agent;

import java.io.IOException;

/** The server is of a DagShell that does not tell this agent all it needs; the message says what to do. */
final class OlderServerException extends IOException {
    private static final long serialVersionUID = 1L;

    OlderServerException(String message) {
        super(message);
    }
}
