package io.dagshell.engine.model;

/** The name of a task or flow: the name of the method its cell declares. A Java identifier. */
public record TaskName(String value) implements Comparable<TaskName> {
    public TaskName {
        if (!javax.lang.model.SourceVersion.isIdentifier(value)) {
            throw new IllegalArgumentException("not a Java method name: '" + value + "'");
        }
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
