package io.dagshell.notebooks.deploy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every deployment of this installation shares.
 *
 * @param mainClass first class to run in {@code flow.jar}
 * @param classes path in the jar to class file: {@code mainClass} and what it needs before any library is there
 * @param libraries DagShell's own jars a run needs, in order of the class path
 */
public record FlowJarRuntime(String mainClass, SortedMap<String, byte[]> classes, List<Path> libraries) {
    public FlowJarRuntime {
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        libraries = List.copyOf(libraries);
    }
}
