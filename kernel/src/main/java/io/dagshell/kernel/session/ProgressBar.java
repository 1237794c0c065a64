package io.dagshell.kernel.session;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Elements that show how far whoever goes through them has come: a bar that is replaced a few times a second and stands
 * still at the end, also where the loop was left early.
 */
final class ProgressBar<T> implements Iterable<T> {
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int TEXT_WIDTH = 30;

    private final Supplier<Iterator<T>> elements;
    private final long total;
    private final String label;

    /** @param total negative if nobody knows */
    ProgressBar(Supplier<Iterator<T>> elements, long total, String label) {
        this.elements = elements;
        this.total = total;
        this.label = label;
    }

    @Override
    public Iterator<T> iterator() {
        Scope scope = Scope.current();
        Iterator<T> each = elements.get();
        return scope == null ? each : new Watched(each, scope.run());
    }

    /** One way through the elements. Used by one thread; its end may be told by the cell's. */
    private final class Watched implements Iterator<T> {
        private final Iterator<T> elements;
        private final CellOutput output;
        private final String id = UUID.randomUUID().toString();
        private final long started = System.nanoTime();
        private long shown = started;
        private long done = -1;
        private boolean ended;

        Watched(Iterator<T> elements, CellRun run) {
            this.elements = elements;
            this.output = run.output();
            output.display(bundle(0, false), Optional.of(id));
            run.atEnd(this::end);
        }

        @Override
        public boolean hasNext() {
            boolean more = elements.hasNext();
            if (!more) {
                done++;
                end();
            }
            return more;
        }

        @Override
        public T next() {
            T next = elements.next();
            done++;
            long now = System.nanoTime();
            if (now - shown >= PAUSE_NANOS) {
                shown = now;
                output.update(bundle(done, false), id);
            }
            return next;
        }

        private synchronized void end() {
            if (!ended) {
                ended = true;
                output.update(bundle(Math.max(0, done), true), id);
            }
        }

        private Map<String, String> bundle(long count, boolean over) {
            double seconds = (System.nanoTime() - started) / 1e9;
            String words = words(count, seconds, over);
            String name = label.isEmpty() ? "" : label + " ";
            return Map.of("text/plain", name + bar(count, over) + words, "text/html", html(name, count, words, over));
        }

        private String words(long count, double seconds, boolean over) {
            String of = total < 0 ? "%,d".formatted(count) : "%,d of %,d".formatted(count, total);
            if (over) {
                return of + " in " + time(seconds) + (total > count ? ", stopped" : "");
            }
            return total < 0 || count == 0
                    ? of + ", " + time(seconds)
                    : of + ", " + time(seconds) + ", about " + time(seconds / count * (total - count)) + " left";
        }

        private String bar(long count, boolean over) {
            if (total <= 0) {
                return over ? "" : "… ";
            }
            int full = (int) Math.min(TEXT_WIDTH, TEXT_WIDTH * count / total);
            return "[" + "#".repeat(full) + " ".repeat(TEXT_WIDTH - full) + "] ";
        }

        private String html(String name, long count, String words, boolean over) {
            String bar = total > 0
                    ? "<progress value=\"" + count + "\" max=\"" + total + "\"></progress> "
                    : over ? "" : "<progress></progress> ";
            return "<div>" + InspectedText.escape(name) + bar + InspectedText.escape(words) + "</div>";
        }
    }

    private static String time(double seconds) {
        if (seconds < 60) {
            return "%.1f s".formatted(seconds);
        }
        Duration whole = Duration.ofSeconds((long) seconds);
        return whole.toHours() > 0
                ? "%d:%02d:%02d".formatted(whole.toHours(), whole.toMinutesPart(), whole.toSecondsPart())
                : "%d:%02d".formatted(whole.toMinutes(), whole.toSecondsPart());
    }
}
