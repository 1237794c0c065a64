package io.dagshell.engine.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Names a call by its place in the run, the same for each attempt and for a resumed run: the chain of calls from the
 * root, each with its ordinal among its parent's calls of that name, such as {@code ingest/1.load/1}. Calls of a
 * {@code map} are numbered by the item's index, not by who starts first.
 */
public record CallPath(String value) {
    /** The path of the {@code ordinal}th (from 1) call of {@code name} below this one. */
    public CallPath child(TaskName name, int ordinal) {
        return new CallPath(value.isEmpty() ? name + "/" + ordinal : value + "." + name + "/" + ordinal);
    }

    /**
     * The path of a call made in a branch of a parallel region: the branch's number, then the call's number in the
     * branch, and so on inwards. Trailing ones are left out, so the first call of item 3 is {@code ingest/3} and its
     * second {@code ingest/3-2}.
     */
    public CallPath child(TaskName name, List<Integer> places) {
        int end = places.size();
        while (end > 1 && places.get(end - 1) == 1) {
            end--;
        }
        if (end == 1) {
            return child(name, places.get(0));
        }
        String ordinal = places.subList(0, end).stream().map(String::valueOf).collect(Collectors.joining("-"));
        return new CallPath((value.isEmpty() ? "" : value + ".") + name + "/" + ordinal);
    }

    /** Name of what is called: of the last call in the chain. */
    public TaskName name() {
        String last = value.substring(value.lastIndexOf('.') + 1);
        return new TaskName(last.substring(0, last.indexOf('/')));
    }

    /** The path above every call. */
    public static CallPath root() {
        return new CallPath("");
    }

    @Override
    public String toString() {
        return value;
    }
}
