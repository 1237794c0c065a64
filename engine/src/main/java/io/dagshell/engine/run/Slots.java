package io.dagshell.engine.run;

import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a flow may run at once; a task of a subflow counts in the flows above too. Only a running attempt
 * of a task holds a slot, and it takes the innermost first, so nothing that holds one ever waits for something that
 * needs one. Thread-safe.
 */
final class Slots {
    private final int limit;
    private final Semaphore free;
    private final @Nullable Slots above;

    private Slots(int limit, @Nullable Slots above) {
        this.limit = limit;
        this.free = new Semaphore(limit, true);
        this.above = above;
    }

    static Slots of(int limit) {
        return new Slots(limit, null);
    }

    /** The slots of a subflow: its own limit, if it has one, within these. */
    Slots within(OptionalInt own) {
        return own.isEmpty() ? this : new Slots(own.getAsInt(), this);
    }

    /** How many branches of a {@code map} are worth starting. */
    int limit() {
        return above == null ? limit : Math.min(limit, above.limit());
    }

    void acquire() throws InterruptedException {
        free.acquire();
        if (above == null) {
            return;
        }
        boolean held = false;
        try {
            above.acquire();
            held = true;
        } finally {
            if (!held) {
                free.release();
            }
        }
    }

    void release() {
        if (above != null) {
            above.release();
        }
        free.release();
    }
}
