package io.dagshell.engine.run;

import io.dagshell.engine.model.Policy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a flow may run at once, in all and with a tag; a task of a subflow counts in the flows above too.
 * Only a running attempt of a task holds slots. Everybody takes them in one order (tags from the outermost flow inwards,
 * then flows from the innermost outwards), so nothing that holds one ever waits for something that needs one.
 * Thread-safe.
 */
final class Slots {
    private final int limit;
    private final Semaphore free;
    private final TagSlots tagged;
    private final @Nullable Slots above;

    private Slots(int limit, TagSlots tagged, @Nullable Slots above) {
        this.limit = limit;
        this.free = new Semaphore(limit, true);
        this.tagged = tagged;
        this.above = above;
    }

    /** Slots of that many tasks, within the limits of the process by tag. */
    static Slots of(int limit, TagSlots process) {
        return new Slots(limit, process, null);
    }

    /** The slots of a subflow: its own limits, if it has some, within these. */
    Slots within(Policy flow) {
        if (flow.concurrency().isEmpty() && flow.tagLimits().isEmpty()) {
            return this;
        }
        return new Slots(flow.concurrency().orElse(Integer.MAX_VALUE), new TagSlots(flow.tagLimits()), this);
    }

    /** How many branches of a {@code map} are worth starting. */
    int limit() {
        return above == null ? limit : Math.min(limit, above.limit());
    }

    /** Waits until a task with these tags may run. */
    Held acquire(SortedSet<String> tags) throws InterruptedException {
        Held held = new Held();
        try {
            for (Semaphore each : needed(tags)) {
                each.acquire();
                held.permits.push(each);
            }
            return held;
        } catch (InterruptedException stop) {
            held.close();
            throw stop;
        }
    }

    private List<Semaphore> needed(SortedSet<String> tags) {
        List<Semaphore> needed = new ArrayList<>();
        addTagged(tags, needed);
        for (Slots each = this; each != null; each = each.above) {
            needed.add(each.free);
        }
        return needed;
    }

    private void addTagged(SortedSet<String> tags, List<Semaphore> needed) {
        if (above != null) {
            above.addTagged(tags, needed);
        }
        needed.addAll(tagged.of(tags));
    }

    /** What one attempt holds. Used by its thread. */
    static final class Held implements AutoCloseable {
        private final Deque<Semaphore> permits = new ArrayDeque<>(2);

        @Override
        public void close() {
            while (!permits.isEmpty()) {
                permits.pop().release();
            }
        }
    }
}
