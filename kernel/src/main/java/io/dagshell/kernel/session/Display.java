package io.dagshell.kernel.session;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What cells call to show things; imported into every session. */
public final class Display {
    private Display() {}

    /**
     * Shows a value below the cell.
     *
     * @return the id under which {@link #update} replaces it
     */
    public static String display(Object value) {
        String id = UUID.randomUUID().toString();
        CellRun run = run();
        run.output().display(run.rendering().render(value), Optional.of(id));
        return id;
    }

    /** Shows text of a MIME type: {@code display("<b>bold</b>", "text/html")}. */
    public static String display(Object content, String mimeType) {
        String id = UUID.randomUUID().toString();
        run().output().display(bundle(content, mimeType), Optional.of(id));
        return id;
    }

    /** Replaces what was displayed under the id. */
    public static void update(String id, Object value) {
        CellRun run = run();
        run.output().update(run.rendering().render(value), id);
    }

    /** Replaces what was displayed under the id by text of a MIME type. */
    public static void update(String id, Object content, String mimeType) {
        run().output().update(bundle(content, mimeType), id);
    }

    /** Clears the cell's output. */
    public static void clearOutput() {
        run().output().clear(false);
    }

    /** Shows a value beside the notebook, in the front end's pager. */
    public static void page(Object value) {
        CellRun run = run();
        run.output().page(run.rendering().render(value));
    }

    private static Map<String, String> bundle(Object content, String mimeType) {
        String text = String.valueOf(content);
        return mimeType.equals("text/plain") ? Map.of(mimeType, text) : Map.of(mimeType, text, "text/plain", text);
    }

    private static CellRun run() {
        Scope scope = Scope.current();
        if (scope == null) {
            throw new IllegalStateException("this thread works for no cell");
        }
        return scope.run();
    }
}
