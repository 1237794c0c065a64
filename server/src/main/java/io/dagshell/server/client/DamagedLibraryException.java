package io.dagshell.server.client;

import java.io.IOException;

/** What a server has as a library is not what its digest says, whoever asks for it. */
public final class DamagedLibraryException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedLibraryException(String message) {
        super(message);
    }
}
