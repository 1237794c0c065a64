package io.dagshell.server.metrics;

import io.dagshell.server.metrics.Exposition.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How long something took, counted by size. Thread-safe; counting costs some ten nanoseconds. */
final class Buckets {
    private static final double[] SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400
    };

    private final double[] bounds;
    private final AtomicLongArray counts;
    private final LongAdder nanos = new LongAdder();

    private Buckets(double from, double to) {
        bounds = java.util.Arrays.stream(SECONDS)
                .filter(each -> each >= from && each <= to)
                .toArray();
        counts = new AtomicLongArray(bounds.length + 1);
    }

    /** For what a process does while someone waits: a millisecond to ten seconds. */
    static Buckets ofAnswers() {
        return new Buckets(0.001, 10);
    }

    /** For runs: a tenth of a second to four hours. */
    static Buckets ofRuns() {
        return new Buckets(0.1, 14_400);
    }

    void add(Duration took) {
        addNanos(took.toNanos());
    }

    void addNanos(long took) {
        double seconds = took / 1e9;
        int place = 0;
        while (place < bounds.length && seconds > bounds[place]) {
            place++;
        }
        counts.incrementAndGet(place);
        nanos.add(took);
    }

    /** As samples of a histogram; its head is written before. */
    void tell(Exposition to, String name, String... labels) {
        long below = 0;
        for (int i = 0; i <= bounds.length; i++) {
            below += counts.get(i);
            String[] more = java.util.Arrays.copyOf(labels, labels.length + 2);
            more[labels.length] = "le";
            more[labels.length + 1] = i == bounds.length ? "+Inf" : Double.toString(bounds[i]);
            to.sample(name + "_bucket", below, more);
        }
        to.sample(name + "_sum", nanos.sum() / 1e9, labels);
        to.sample(name + "_count", below, labels);
    }

    /** Head and samples. */
    void tell(Exposition to, String name, String help) {
        to.name(name, Kind.HISTOGRAM, help);
        tell(to, name, new String[0]);
    }
}
