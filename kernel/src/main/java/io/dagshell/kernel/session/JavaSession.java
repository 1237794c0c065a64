package io.dagshell.kernel.session;

import java.util.List;

/** A running Java session. Skeleton of the seam; the kernel room fills it. */
public final class JavaSession implements AutoCloseable {

    /**
     * Opens a session.
     *
     * @param classPath what user code compiles and runs against, besides the JDK
     * @param parent loader of those classes as user code may see them
     */
    public static JavaSession open(List<String> classPath, ClassLoader parent, List<KernelExtension> extensions) {
        throw new UnsupportedOperationException();
    }

    /** Runs a cell; one at a time. Never throws for what the cell did. */
    public CellResult execute(CellRequest cell, CellOutput output) {
        throw new UnsupportedOperationException();
    }

    /** Stops the running cell, if any. */
    public void interrupt() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
