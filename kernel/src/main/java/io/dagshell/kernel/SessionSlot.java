package io.dagshell.kernel;

import io.dagshell.kernel.session.JavaSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Where the Java session will be. Thread-safe; opened once, by the thread that runs cells. */
final class SessionSlot {
    private final JupyterKernel.Opening opening;
    private final CompletableFuture<JavaSession> session = new CompletableFuture<>();

    SessionSlot(JupyterKernel.Opening opening) {
        this.opening = opening;
    }

    void open() {
        try {
            session.complete(opening.open());
        } catch (Exception | LinkageError failed) {
            session.completeExceptionally(failed);
        }
    }

    /** Waits for it; throws why there is none. */
    JavaSession await() throws InterruptedException, ExecutionException {
        return session.get();
    }

    /** The session, unless it is still being opened or could not be. */
    Optional<JavaSession> now() {
        return session.isDone() && !session.isCompletedExceptionally() ? Optional.of(session.join()) : Optional.empty();
    }
}
