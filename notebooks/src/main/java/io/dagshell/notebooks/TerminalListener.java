package io.dagshell.notebooks;

import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellResult;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a headless run as plain text: a heading for each cell that has something to show, what it prints at once, and when
 * it ended its displays as they are then, and below them its value or what went wrong. A terminal that can overwrite a line
 * shows the display's progress meanwhile. Thread-safe: guarded by this.
 */
public final class TerminalListener implements HeadlessListener {
    private static final String TEXT = "text/plain";
    private static final String RESULT = "result";
    private static final int WIDTH = 78;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean overwrites;
    private final Map<String, String> pending = new LinkedHashMap<>();
    private List<String> traceback = List.of();
    private String heading = "";
    private boolean progress;

    public TerminalListener(PrintStream out, PrintStream err) {
        this(out, err, false);
    }

    /** @param overwrites whether {@code out} is a terminal, where a line may be written over */
    public TerminalListener(PrintStream out, PrintStream err, boolean overwrites) {
        this.out = out;
        this.err = err;
        this.overwrites = overwrites;
    }

    @Override
    public synchronized CellOutput started(CodeCell cell, int total) {
        heading = "[" + cell.index() + "] " + shortened(cell.firstLine());
        return new Output();
    }

    @Override
    public synchronized void finished(CodeCell cell, CellResult result) {
        String value = pending.remove(RESULT);
        pending.values().forEach(this::block);
        pending.clear();
        if (value != null) {
            block(value);
        }
        if (!traceback.isEmpty()) {
            head();
            out.flush();
            traceback.forEach(err::println);
            traceback = List.of();
        }
        erase();
        out.flush();
        err.flush();
    }

    private static String shortened(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }

    /** What follows belongs to the cell; said once. */
    private void head() {
        erase();
        printHeading();
    }

    private void printHeading() {
        if (!heading.isEmpty()) {
            out.println();
            out.println(heading);
            heading = "";
        }
    }

    private void erase() {
        if (progress) {
            out.print(ERASE);
            progress = false;
        }
    }

    private void block(String text) {
        if (!text.isBlank()) {
            head();
            out.print(text.endsWith("\n") ? text : text + System.lineSeparator());
        }
    }

    private void show(String id, String text) {
        pending.put(id, text);
        if (overwrites) {
            printHeading();
            out.print(ERASE + shortened(working(text)));
            out.flush();
            progress = true;
        }
    }

    /** The row of the task that runs; the first line where none does. */
    private static String working(String text) {
        return text.lines()
                .filter(line -> line.contains(" Running "))
                .reduce((first, second) -> second)
                .or(() -> text.lines().findFirst())
                .orElse("");
    }

    /** The output of one cell. */
    private final class Output implements CellOutput {
        @Override
        public void stdout(String text) {
            print(out, text);
        }

        @Override
        public void stderr(String text) {
            print(err, text);
        }

        private void print(PrintStream to, String text) {
            synchronized (TerminalListener.this) {
                head();
                to.print(text);
                to.flush();
            }
        }

        @Override
        public void display(Map<String, String> bundle, Optional<String> displayId) {
            synchronized (TerminalListener.this) {
                String text = bundle.getOrDefault(TEXT, "");
                displayId.ifPresentOrElse(id -> show(id, text), () -> block(text));
            }
        }

        @Override
        public void update(Map<String, String> bundle, String displayId) {
            synchronized (TerminalListener.this) {
                show(displayId, bundle.getOrDefault(TEXT, ""));
            }
        }

        @Override
        public void result(Map<String, String> bundle) {
            synchronized (TerminalListener.this) {
                pending.put(RESULT, bundle.getOrDefault(TEXT, ""));
            }
        }

        @Override
        public void clear(boolean wait) {
            // What a terminal has printed stays.
        }

        @Override
        public void error(CellError error) {
            synchronized (TerminalListener.this) {
                traceback = error.traceback();
            }
        }
    }
}
