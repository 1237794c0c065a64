package io.dagshell.magics.closure;

import io.dagshell.kernel.assist.CompilerPool;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the JDK and of a class path, opened once for all analyses of a notebook: opening and listing the jars
 * costs many times what reading thirty tasks does. Guarded by itself, since older analyses go on being asked.
 */
final class LibraryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final List<String> classPath;

    private LibraryFiles(StandardJavaFileManager files, List<String> classPath) {
        super(files);
        this.classPath = classPath;
    }

    /** Opens them when they are first asked for. Guarded by itself. */
    static final class Shared {
        private final List<String> classPath;
        private @Nullable LibraryFiles open;
        private @Nullable CompilerPool compilers;

        Shared(List<String> classPath) {
            this.classPath = List.copyOf(classPath);
        }

        List<String> classPath() {
            return classPath;
        }

        synchronized LibraryFiles open() {
            if (open == null) {
                open = LibraryFiles.of(classPath);
            }
            return open;
        }

        /** Compilers that remember what they read of the libraries. */
        synchronized CompilerPool compilers() {
            if (compilers == null) {
                compilers = CompilerPool.over(open());
            }
            return compilers;
        }
    }

    private static LibraryFiles of(List<String> classPath) {
        StandardJavaFileManager files =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null);
        files.handleOption(
                "-classpath",
                List.of(String.join(File.pathSeparator, classPath)).iterator());
        return new LibraryFiles(files, classPath);
    }

    List<String> classPath() {
        return classPath;
    }

    /** The loader in which plugins of the compiler are looked for: none of them are in the process's jars. */
    @Override
    public ClassLoader getClassLoader(Location location) {
        return ClassLoader.getPlatformClassLoader();
    }

    @Override
    public synchronized Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        return super.list(location, packageName, kinds, recurse);
    }

    @Override
    public synchronized String inferBinaryName(Location location, JavaFileObject file) {
        return super.inferBinaryName(location, file);
    }

    @Override
    public synchronized boolean hasLocation(Location location) {
        return super.hasLocation(location);
    }

    @Override
    public synchronized JavaFileObject getJavaFileForInput(
            Location location, String className, JavaFileObject.Kind kind) throws IOException {
        return super.getJavaFileForInput(location, className, kind);
    }

    @Override
    public synchronized FileObject getFileForInput(Location location, String packageName, String relativeName)
            throws IOException {
        return super.getFileForInput(location, packageName, relativeName);
    }

    @Override
    public synchronized JavaFileManager.Location getLocationForModule(Location location, String moduleName)
            throws IOException {
        return super.getLocationForModule(location, moduleName);
    }

    @Override
    public synchronized JavaFileManager.Location getLocationForModule(Location location, JavaFileObject file)
            throws IOException {
        return super.getLocationForModule(location, file);
    }

    @Override
    public synchronized String inferModuleName(Location location) throws IOException {
        return super.inferModuleName(location);
    }

    @Override
    public synchronized Iterable<Set<Location>> listLocationsForModules(Location location) throws IOException {
        return super.listLocationsForModules(location);
    }

    @Override
    public synchronized <S> ServiceLoader<S> getServiceLoader(Location location, Class<S> service) throws IOException {
        return super.getServiceLoader(location, service);
    }

    @Override
    public synchronized boolean contains(Location location, FileObject file) throws IOException {
        return super.contains(location, file);
    }

    /** Later analyses need it. */
    @Override
    public void flush() {}

    /** Later analyses need it. */
    @Override
    public void close() {}
}
