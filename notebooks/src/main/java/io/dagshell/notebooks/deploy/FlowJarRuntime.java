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
 * @param cloudLibraries jars a run needs beside these if it uses a cloud
 * @param usesCloud whether each run does, whatever its flow calls: its results are shared through a bucket
 */
public record FlowJarRuntime(
        String mainClass,
        SortedMap<String, byte[]> classes,
        List<Path> libraries,
        List<Path> cloudLibraries,
        boolean usesCloud) {
    public FlowJarRuntime {
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        libraries = List.copyOf(libraries);
        cloudLibraries = List.copyOf(cloudLibraries);
    }
}
