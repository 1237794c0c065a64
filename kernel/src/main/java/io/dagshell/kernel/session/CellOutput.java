package io.dagshell.kernel.session;

import java.util.Map;
import java.util.Optional;

/** Port: where a cell's output goes: the iopub channel, a notebook file, a terminal. Thread-safe. */
public interface CellOutput {

    void stdout(String text);

    void stderr(String text);

    /**
     * A display.
     *
     * @param bundle MIME type to content; text types hold a String, JSON types a String of JSON, binary types base64
     * @param displayId present if it will be updated
     */
    void display(Map<String, String> bundle, Optional<String> displayId);

    /** Replaces what was displayed under that id, in this or an earlier cell. */
    void update(Map<String, String> bundle, String displayId);

    /** The value of the cell's last expression. */
    void result(Map<String, String> bundle);

    /** Clears the cell's output, at the next output if {@code wait}. */
    void clear(boolean wait);

    void error(CellError error);

    /** Text beside the notebook, in a pager where there is one: help, source. */
    default void page(Map<String, String> bundle) {
        display(bundle, Optional.empty());
    }

    /**
     * Puts text into the next cell, or into this one.
     *
     * @param replace the text of the cell that runs, instead of a new cell
     */
    default void nextInput(String text, boolean replace) {}
}
