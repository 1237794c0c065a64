package io.dagshell.magics.source;

import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.StandardJavaFileManager;

/**
 * Files for a parser, which reads none. It keeps javac from looking for plugins in every jar of the process, which takes
 * ten times as long as all its parsing.
 */
final class NoFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    NoFiles(StandardJavaFileManager files) {
        super(files);
    }

    /** The loader in which plugins are looked for. */
    @Override
    public ClassLoader getClassLoader(JavaFileManager.Location location) {
        return ClassLoader.getPlatformClassLoader();
    }
}
