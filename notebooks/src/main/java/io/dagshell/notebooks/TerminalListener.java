package io.dagshell.notebooks;

import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellResult;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a headless run as plain text. A display that is updated is shown once, as it was when its cell ended. Thread-safe:
 * guarded by this.
 */
public final class TerminalListener implements HeadlessListener {
    private static final String TEXT = "text/plain";
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> pending = new LinkedHashMap<>();

    public TerminalListener(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public CellOutput started(CodeCell cell, int total) {
        return new Output();
    }

    @Override
    public synchronized void finished(CodeCell cell, CellResult result) {
        pending.values().forEach(this::block);
        pending.clear();
        out.flush();
        err.flush();
    }

    private synchronized void block(String text) {
        if (!text.isBlank()) {
            out.print(text.endsWith("\n") ? text : text + System.lineSeparator());
        }
    }

    /** The output of one cell. */
    private final class Output implements CellOutput {
        @Override
        public void stdout(String text) {
            out.print(text);
            out.flush();
        }

        @Override
        public void stderr(String text) {
            err.print(text);
            err.flush();
        }

        @Override
        public void display(Map<String, String> bundle, Optional<String> displayId) {
            String text = bundle.getOrDefault(TEXT, "");
            if (displayId.isEmpty()) {
                block(text);
                return;
            }
            synchronized (TerminalListener.this) {
                pending.put(displayId.get(), text);
            }
        }

        @Override
        public void update(Map<String, String> bundle, String displayId) {
            synchronized (TerminalListener.this) {
                pending.put(displayId, bundle.getOrDefault(TEXT, ""));
            }
        }

        @Override
        public void result(Map<String, String> bundle) {
            block(bundle.getOrDefault(TEXT, ""));
        }

        @Override
        public void clear(boolean wait) {
            // What a terminal has printed stays.
        }

        @Override
        public void error(CellError error) {
            synchronized (TerminalListener.this) {
                error.traceback().forEach(line -> err.println(line));
            }
        }
    }
}
