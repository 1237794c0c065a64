package io.dagshell.engine.run;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.model.TaskName;
import java.util.List;

/** A task changed what it was given, and others may read the same; the message says what to write instead. */
public final class ChangedInputException extends EngineException {
    private static final long serialVersionUID = 1L;

    /** @param itself whether the input is what was changed; else something inside it is */
    ChangedInputException(TaskName task, String input, List<String> changes, boolean itself) {
        super(
                "task `" + task + "` " + inWords(changes) + " of its input `" + input
                        + "`: an input is a value that others may read, so it is not to be changed; "
                        + (itself
                                ? "make a copy first, var copy = " + input + ".copy();"
                                : "copy the table inside first, with copy()")
                        + ", change that and return it",
                FailureKind.USER,
                null);
    }

    private static String inWords(List<String> changes) {
        return changes.size() <= 3
                ? String.join(", ", changes)
                : String.join(", ", changes.subList(0, 3)) + " and " + (changes.size() - 3) + " more";
    }
}
