package io.dagshell.magics.slice;

import io.dagshell.engine.deploy.FlowManifest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The compiled part of a notebook that one flow needs. Immutable. */
public final class Slice {
    private final FlowManifest manifest;
    private final SortedMap<String, byte[]> classes;
    private final DefaultValues defaults;

    /** Of a flow whose defaults, if it has any, stay as they are. */
    public Slice(FlowManifest manifest, SortedMap<String, byte[]> classes) {
        this(manifest, classes, DefaultValues.NONE);
    }

    Slice(FlowManifest manifest, SortedMap<String, byte[]> classes, DefaultValues defaults) {
        this.manifest = manifest;
        this.classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        this.defaults = defaults;
    }

    /** What a machine must know to run it; defaults of parameters are those of the time it was compiled. */
    public FlowManifest manifest() {
        return manifest;
    }

    /** Binary name ({@code nb.Cell7}) to class file, which nobody changes. */
    public SortedMap<String, byte[]> classes() {
        return classes;
    }

    DefaultValues defaults() {
        return defaults;
    }

    /**
     * The same with the defaults of now: the initialisers of the {@code %%params} cells run once more.
     *
     * @param parent what code of cells may see
     * @throws StaleSliceException an initialiser throws; compiled anew, the notebook says where
     */
    public Slice now(ClassLoader parent) {
        try {
            return new Slice(manifest.withDefaults(defaults.now(parent)), classes, defaults);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException failed) {
            throw new StaleSliceException(failed);
        }
    }

    /** A loader of the classes, for a run in this process; {@code parent} is what user code may see. */
    public ClassLoader loader(ClassLoader parent) {
        return new SliceLoader(classes, parent);
    }
}
