package io.dagshell.engine.run;

import io.dagshell.engine.TaskFuture;
import io.dagshell.engine.Work;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Submitted work. Whoever claims it runs it: a worker, or the thread that waits for it. The outcome is written once,
 * before the latch falls, and read after.
 */
final class Submitted<R> implements TaskFuture<R> {
    private final Ambient here;
    private final CallCancellation cancellation;
    private final Numbering place;
    private final Work<R> work;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean seen;
    private @Nullable R value;
    private @Nullable Throwable failure;

    Submitted(Ambient here, CallCancellation cancellation, Numbering place, Work<R> work) {
        this.here = here;
        this.cancellation = cancellation;
        this.place = place;
        this.work = work;
    }

    void runIfNew() {
        if (!claimed.compareAndSet(false, true)) {
            return;
        }
        try (cancellation) {
            value = here.scope().branch(here, cancellation, place, work);
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            done.countDown();
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the work's own null is a value
    public R get() {
        seen = true;
        runIfNew();
        await();
        if (failure != null) {
            throw Rethrow.asIs(failure);
        }
        return value;
    }

    private void await() {
        try {
            done.await();
        } catch (InterruptedException interrupted) {
            throw Interruptions.stopped(Ambient.require().scope().cancellation(), interrupted);
        }
    }

    @Override
    public boolean isDone() {
        return done.getCount() == 0;
    }

    /** Nothing is left to wait for or to tell. */
    boolean isSettled() {
        return isDone() && (seen || failure == null);
    }

    void cancel() {
        cancellation.cancel("cancelled: the code that submitted it ended");
    }

    /** Returns when the work has ended, run here if nobody has begun it; interrupts wait. */
    void settle() {
        runIfNew();
        Interruptions.holdingBack(done::await, this::cancel);
    }

    void throwIfUnseen() {
        if (!seen && failure != null) {
            seen = true;
            throw Rethrow.asIs(failure);
        }
    }
}
