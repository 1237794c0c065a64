package io.github.classgraph;

import java.util.List;

/** Names of classes; see {@link ClassGraph}. */
public final class ClassInfoList {
    private final List<String> names;

    ClassInfoList(List<String> names) {
        this.names = List.copyOf(names);
    }

    public List<String> getNames() {
        return names;
    }
}
