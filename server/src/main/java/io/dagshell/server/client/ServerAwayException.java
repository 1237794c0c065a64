package io.dagshell.server.client;

import java.io.IOException;

/** The server was not reached, broke off or is in trouble; what was asked may be asked again. The message is a sentence. */
public final class ServerAwayException extends IOException {
    private static final long serialVersionUID = 1L;

    ServerAwayException(String message) {
        super(message);
    }

    ServerAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
