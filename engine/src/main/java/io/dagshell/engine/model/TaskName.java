package io.dagshell.engine.model;

import org.jspecify.annotations.Nullable;

/** The name of a task or flow: the name of the method its cell declares. A Java identifier. */
public record TaskName(String value) implements Comparable<TaskName> {
    public TaskName {
        if (!isIdentifier(value)) {
            throw new IllegalArgumentException("not a Java method name: '" + value + "'");
        }
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && Character.isJavaIdentifierStart(text.codePointAt(0))
                && text.codePoints().allMatch(Character::isJavaIdentifierPart);
    }

    // The record's own would be made of method handles by the first that is asked, in every process of a run.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskName name && name.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(TaskName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
