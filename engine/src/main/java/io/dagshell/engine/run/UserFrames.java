package io.dagshell.engine.run;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Port: tells frames of the user's cells from all others, and where they are. The notebook session gives one that knows
 * its classes; compiled flows carry the place in the class file. Thread-safe.
 */
@FunctionalInterface
public interface UserFrames {

    /** The place as people read it, {@code etl.ipynb[7]:6}; empty for a frame that is not the user's. */
    Optional<String> place(StackTraceElement frame);

    /** Frames whose source file is named like {@code etl.ipynb[7]}. */
    static UserFrames ofCells() {
        Pattern cell = Pattern.compile(".+\\.ipynb\\[\\d+]");
        return frame -> Optional.ofNullable(frame.getFileName())
                .filter(file -> cell.matcher(file).matches())
                .map(file -> file + ":" + frame.getLineNumber());
    }
}
