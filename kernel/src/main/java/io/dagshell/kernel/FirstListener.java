package io.dagshell.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the first answer back until somebody listens to iopub, for what is published before is lost; but not for long,
 * since a client need not listen. Thread-safe.
 */
final class FirstListener {
    private static final long PATIENCE_MILLIS = 200;

    private final CompletableFuture<@Nullable Void> heard = new CompletableFuture<>();

    /** Somebody listens. */
    void heard() {
        heard.complete(null);
    }

    /** Runs it at once if somebody listens. */
    void await(Runnable answer) {
        if (heard.isDone()) {
            answer.run();
            return;
        }
        var unused = heard.completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .thenRun(answer);
    }
}
