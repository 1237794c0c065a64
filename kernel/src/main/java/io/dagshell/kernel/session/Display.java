package io.dagshell.kernel.session;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.BaseStream;

/** What cells call to show things; imported into every session. Called by a thread that works for a cell. */
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
        return display(rendered(content, mimeType));
    }

    /** Replaces what was displayed under the id. */
    public static void update(String id, Object value) {
        CellRun run = run();
        run.output().update(run.rendering().render(value), id);
    }

    /** Replaces what was displayed under the id by text of a MIME type. */
    public static void update(String id, Object content, String mimeType) {
        update(id, rendered(content, mimeType));
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

    /**
     * Says how values of a type are shown from now on: {@code renderer(Point.class, p -> svg("<circle .../>"))}.
     *
     * @param how gives what {@link #html} and its kin make, or any value that is shown in its place
     */
    @SuppressWarnings("unchecked")
    public static <T> void renderer(Class<T> type, Function<? super T, ?> how) {
        run().rendering().register(type, (Function<Object, ?>) how);
    }

    /** HTML as a value. */
    public static Rendered html(String text) {
        return Rendered.of("text/html", text);
    }

    /** Markdown as a value. */
    public static Rendered markdown(String text) {
        return Rendered.of("text/markdown", text);
    }

    /** LaTeX as a value: {@code latex("$e^{i\\pi} = -1$")}. */
    public static Rendered latex(String text) {
        return Rendered.of("text/latex", text);
    }

    /** An SVG picture as a value. */
    public static Rendered svg(String text) {
        return Rendered.of("image/svg+xml", text, "SVG picture");
    }

    /** A PNG, JPEG, GIF or WebP picture as a value. */
    public static Rendered image(byte[] file) {
        return Pictures.of(file);
    }

    /** JSON as a tree to open: text of JSON, or maps, lists and records. */
    public static Rendered json(Object value) {
        return Rendered.of("application/json", JsonText.of(value));
    }

    /** A Vega-Lite chart as a value: its specification as text of JSON, or maps and lists. */
    public static Rendered vegaLite(Object specification) {
        String text = JsonText.of(specification);
        return Rendered.of("application/vnd.vegalite.v5+json", text, text);
    }

    /** The same elements, and a bar that shows how far the loop over them is: {@code for (var f : progress(files))}. */
    public static <T> Iterable<T> progress(Iterable<T> elements) {
        return progress(elements, "");
    }

    /** As {@link #progress(Iterable)}, with a label before the bar. */
    public static <T> Iterable<T> progress(Iterable<T> elements, String label) {
        long size = elements instanceof Collection<?> all
                ? all.size()
                : elements.spliterator().getExactSizeIfKnown();
        return new ProgressBar<>(elements::iterator, size, label);
    }

    /** As {@link #progress(Iterable)}, over an array. */
    public static <T> Iterable<T> progress(T[] elements) {
        return progress(Arrays.asList(elements), "");
    }

    /** As {@link #progress(Iterable)}, over a stream; it can be gone through once. */
    public static <T> Iterable<T> progress(BaseStream<T, ?> elements) {
        Spliterator<T> each = elements.spliterator();
        return new ProgressBar<>(() -> Spliterators.iterator(each), each.getExactSizeIfKnown(), "");
    }

    private static Rendered rendered(Object content, String mimeType) {
        if (content instanceof byte[] bytes) {
            return Rendered.of(
                    mimeType, Base64.getEncoder().encodeToString(bytes), mimeType + ", " + bytes.length + " bytes");
        }
        return Rendered.of(mimeType, String.valueOf(content));
    }

    private static CellRun run() {
        Scope scope = Scope.current();
        if (scope == null) {
            throw new IllegalStateException("this thread works for no cell");
        }
        return scope.run();
    }
}
