package io.dagshell.kernel.session;

import java.util.List;

/**
 * What may stand at the cursor. All offsets are UTF-16 units of the cell as typed; the wire counts code points.
 *
 * @param start where the replaced text begins
 * @param end where it ends
 * @param items best first
 */
public record Completions(int start, int end, List<Item> items) {
    public Completions {
        items = List.copyOf(items);
    }

    /**
     * One candidate.
     *
     * @param text what replaces {@code start} to {@code end}
     * @param type as Jupyter's completion metadata names it: {@code function}, {@code class}, {@code instance},
     *     {@code keyword}, {@code magic}, {@code path}, {@code module}
     * @param signature parameters, type or one line of help; may be empty
     */
    public record Item(String text, String type, String signature) {}

    /** Nothing fits. */
    public static Completions none(int cursor) {
        return new Completions(cursor, cursor, List.of());
    }
}
