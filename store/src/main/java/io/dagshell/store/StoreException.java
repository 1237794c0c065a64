package io.dagshell.store;

import org.jspecify.annotations.Nullable;

/** State on this machine could not be read or written. The message is one sentence that names the file. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
