package io.dagshell.server.backup;

import org.jspecify.annotations.Nullable;

/** A file that is no backup, or not a whole one, or not to be restored so; the message is a sentence for people. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupException(String message) {
        this(message, null);
    }

    BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
