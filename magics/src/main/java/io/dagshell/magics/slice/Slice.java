package io.dagshell.magics.slice;

import io.dagshell.engine.deploy.FlowManifest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The compiled part of a notebook that one flow needs.
 *
 * @param manifest what a machine must know to run it
 * @param classes binary name ({@code nb.Cell7}) to class file, which nobody changes
 */
public record Slice(FlowManifest manifest, SortedMap<String, byte[]> classes) {
    public Slice {
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    }

    /** A loader of the classes, for a run in this process; {@code parent} is what user code may see. */
    public ClassLoader loader(ClassLoader parent) {
        return new SliceLoader(classes, parent);
    }
}
