package io.dagshell.installer.compose;

import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What cells print, give and fail with, in its order. Thread-safe. */
final class Seen implements CellOutput {
    private final List<String> all = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private Optional<CellError> error = Optional.empty();

    /** What was printed, the values and the messages of errors, a line each. */
    synchronized String all() {
        return String.join("\n", all);
    }

    /** The last value as text; empty if there was none. */
    synchronized String value() {
        return results.isEmpty() ? "" : results.get(results.size() - 1);
    }

    /** All values as text. */
    synchronized List<String> values() {
        return List.copyOf(results);
    }

    synchronized Optional<CellError> error() {
        return error;
    }

    /** The lines of the last error. */
    synchronized List<String> errors() {
        return error.map(CellError::traceback).orElse(List.of());
    }

    @Override
    public synchronized void stdout(String text) {
        all.add(text);
    }

    @Override
    public synchronized void stderr(String text) {
        all.add(text);
    }

    @Override
    public void display(Map<String, String> bundle, Optional<String> displayId) {}

    @Override
    public void update(Map<String, String> bundle, String displayId) {}

    @Override
    public synchronized void result(Map<String, String> bundle) {
        results.add(bundle.getOrDefault("text/plain", ""));
        all.add(value());
    }

    @Override
    public void clear(boolean wait) {}

    @Override
    public synchronized void error(CellError thrown) {
        error = Optional.of(thrown);
        all.add(thrown.message());
    }
}
