package io.dagshell.engine.model;

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

    /** The path above every call. */
    public static CallPath root() {
        return new CallPath("");
    }

    @Override
    public String toString() {
        return value;
    }
}
