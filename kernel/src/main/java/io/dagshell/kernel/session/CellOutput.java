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
}
