package io.dagshell.engine.run;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Work was cancelled by the engine, or interrupted while it waited for the engine; a user's own cancellation is not this. */
final class StoppedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    StoppedException(String reason, @Nullable Throwable cause) {
        super(reason);
        if (cause != null) {
            initCause(cause);
        }
    }
}
