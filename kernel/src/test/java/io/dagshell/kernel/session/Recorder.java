package io.dagshell.kernel.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a cell put out. Thread-safe. */
final class Recorder implements CellOutput {
    private final StringBuffer stdout = new StringBuffer();
    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private final StringBuffer stderr = new StringBuffer();
    private final List<Map<String, String>> results = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> displays = new CopyOnWriteArrayList<>();
    private final List<CellError> errors = new CopyOnWriteArrayList<>();

    private volatile String next = "";

    /** What was printed, as it came. */
    List<String> pieces() {
        return List.copyOf(pieces);
    }

    String printed() {
        return stdout.toString();
    }

    String warned() {
        return stderr.toString();
    }

    List<Map<String, String>> displays() {
        return displays;
    }

    List<Map<String, String>> results() {
        return results;
    }

    /** The last value as text; empty if there was none. */
    String value() {
        return results.isEmpty() ? "" : results.get(results.size() - 1).getOrDefault("text/plain", "");
    }

    CellError error() {
        return errors.get(errors.size() - 1);
    }

    String traceback() {
        return String.join("\n", error().traceback());
    }

    @Override
    public void stdout(String text) {
        stdout.append(text);
        pieces.add(text);
    }

    @Override
    public void stderr(String text) {
        stderr.append(text);
    }

    @Override
    public void display(Map<String, String> bundle, Optional<String> displayId) {
        displays.add(bundle);
    }

    @Override
    public void update(Map<String, String> bundle, String displayId) {
        displays.add(bundle);
    }

    @Override
    public void result(Map<String, String> bundle) {
        results.add(bundle);
    }

    @Override
    public void clear(boolean wait) {
        stdout.setLength(0);
    }

    String nextInput() {
        return next;
    }

    @Override
    public void nextInput(String text, boolean replace) {
        next = text;
    }

    @Override
    public void error(CellError error) {
        errors.add(error);
    }
}
