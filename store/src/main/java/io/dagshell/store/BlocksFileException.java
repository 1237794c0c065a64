package io.dagshell.store;

/** The local block file cannot be read or written; says which file and what to do. Never holds a setting's value. */
public final class BlocksFileException extends StoreException {
    private static final long serialVersionUID = 1L;

    BlocksFileException(String message, Throwable cause) {
        super(message, cause);
    }

    BlocksFileException(String message) {
        super(message, null);
    }
}
