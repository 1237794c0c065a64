package io.dagshell.engine.run;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/**
 * Writes the events of one run in one order. Guarded by itself, and so are the states of the run's calls: a state and
 * the event that tells it change together, which is why the sink is called under the lock.
 */
final class Journal {

    private final RunSink sink;
    private final Clock clock;
    private boolean over;

    Journal(RunSink sink, Clock clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** Writes the event made for the present instant; one that comes after the run's end is dropped. */
    void write(Function<Instant, RunEvent> event) {
        try (InterruptGate.Closed gate = InterruptGate.ofThisThread().shield()) {
            synchronized (this) {
                if (!over) {
                    deliver(event.apply(clock.instant()));
                }
            }
        }
    }

    /** Writes the last event and waits until all are durable. */
    void finish(Function<Instant, RunEvent> event) {
        try (InterruptGate.Closed gate = InterruptGate.ofThisThread().shield()) {
            synchronized (this) {
                if (over) {
                    return;
                }
                deliver(event.apply(clock.instant()));
                over = true;
            }
            flush();
        }
    }

    private void deliver(RunEvent event) {
        try {
            sink.accept(event);
        } catch (RuntimeException failure) {
            System.getLogger(Journal.class.getName())
                    .log(System.Logger.Level.WARNING, "a run's event was not taken: " + event, failure);
        }
    }

    /** Waits until what was written is durable. */
    void flush() {
        try (InterruptGate.Closed gate = InterruptGate.ofThisThread().shield()) {
            sink.flush();
        } catch (RuntimeException failure) {
            System.getLogger(Journal.class.getName())
                    .log(System.Logger.Level.WARNING, "a run's events may not be durable", failure);
        }
    }
}
