package io.dagshell.kernel.dependency;

import java.io.IOException;
import java.nio.file.Path;

/** Port: keeps a copy of a jar that may change where it is, under a name that means this content. */
@FunctionalInterface
public interface JarKeeper {

    /** The copy. */
    Path keep(Path jar) throws IOException;

    /** Uses jars where they are. */
    static JarKeeper inPlace() {
        return jar -> jar;
    }
}
