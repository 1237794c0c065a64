package io.dagshell.kernel.dependency;

import io.dagshell.kernel.dependency.DependencyResolver.Downloads;
import io.dagshell.kernel.session.CellOutput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One line of output in a cell that says how downloads go, and in the end what came of them. Hears of downloads from the
 * resolver's threads; guarded by itself.
 */
final class DownloadDisplay implements Downloads, AutoCloseable {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final int SHOWN_NOTES = 12;

    private final CellOutput output;
    private final String id = "libraries-" + UUID.randomUUID();
    private final long start = System.nanoTime();
    private long lastShown = start - PAUSE_NANOS;
    private long bytes;
    private int files;
    private boolean shown;
    private boolean isDone;
    private volatile boolean cancelled;

    DownloadDisplay(CellOutput output) {
        this.output = output;
    }

    @Override
    public synchronized void progressed(String file, long more) {
        bytes += more;
        showNowAndThen(file);
    }

    @Override
    public synchronized void finished(String file) {
        // Poms and checksums are asked for by the hundred; people count jars.
        if (file.endsWith(".jar")) {
            files++;
        }
        showNowAndThen(file);
    }

    private void showNowAndThen(String file) {
        long now = System.nanoTime();
        if (!cancelled && now - lastShown >= PAUSE_NANOS) {
            lastShown = now;
            show("downloading " + file + " (" + tally() + ")");
        }
    }

    private String tally() {
        return files + (files == 1 ? " jar, " : " jars, ") + size(bytes);
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", Math.ceil(bytes / 1e3))
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** What came of it. */
    synchronized void done(String what, List<String> notes) {
        StringBuilder text = new StringBuilder(what);
        if (bytes > 0) {
            double seconds = (System.nanoTime() - start) / 1e9;
            text.append(String.format(Locale.ROOT, ", downloaded %s in %.1f s", size(bytes), seconds));
        }
        notes.stream().limit(SHOWN_NOTES).forEach(note -> text.append("\n  ").append(note));
        if (notes.size() > SHOWN_NOTES) {
            text.append("\n  and ").append(notes.size() - SHOWN_NOTES).append(" more versions chosen so");
        }
        isDone = true;
        show(text.toString());
    }

    private void show(String text) {
        Map<String, String> bundle = Map.of("text/plain", text);
        if (shown) {
            output.update(bundle, id);
        } else {
            output.display(bundle, Optional.of(id));
            shown = true;
        }
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** A resolution that failed leaves no line that says it goes on. */
    @Override
    public synchronized void close() {
        if (shown && !isDone) {
            show("downloaded " + tally());
        }
    }
}
