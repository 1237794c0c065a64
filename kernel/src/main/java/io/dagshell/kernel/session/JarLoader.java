package io.dagshell.kernel.session;

import java.nio.file.Path;
import java.util.List;

/** Port: makes jars and folders of classes visible to the code of cells. */
@FunctionalInterface
public interface JarLoader {

    /** Appends them; classes loaded so far stay. */
    void add(List<Path> entries);
}
