package io.dagshell.kernel.session;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/**
 * Loads the classes JShell compiles from cells, woven, above the loader of what user code may see. Thread-safe: classes
 * are found in a concurrent map under the class loading lock.
 */
final class SnippetLoader extends URLClassLoader implements LoaderDelegate {
    private static final String SNIPPETS = "REPL.";
    private static final Weaver WEAVER = new Weaver(WovenCalls.class.getName());
    private static final ClassLoader KERNEL = SnippetLoader.class.getClassLoader();

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> compiled = new ConcurrentHashMap<>();
    private final StopSwitch stopSwitch;

    SnippetLoader(ClassLoader parent, StopSwitch stopSwitch) {
        super("cells", new URL[0], parent);
        this.stopSwitch = stopSwitch;
    }

    StopSwitch stopSwitch() {
        return stopSwitch;
    }

    @Override
    public void load(ClassBytecodes[] classes) {
        for (ClassBytecodes type : classes) {
            compiled.put(type.name(), type.bytecodes());
        }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        throw new UnsupportedOperationException("changed snippets get a new class");
    }

    @Override
    public void addToClasspath(String path) {
        add(Stream.of(path.split(File.pathSeparator)).map(Path::of).toList());
    }

    /** For sessions whose parent loader does not take jars. */
    void add(List<Path> entries) {
        for (Path entry : entries) {
            try {
                addURL(entry.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("class path entry " + entry, e);
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("io.dagshell.kernel.") || name.startsWith("jdk.jshell.spi.")) {
            return Class.forName(name, false, KERNEL);
        }
        if (!name.startsWith(SNIPPETS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = compiled.remove(name);
        if (bytes == null) {
            return name.startsWith(SNIPPETS) ? alreadyDefined(name) : super.findClass(name);
        }
        byte[] woven = WEAVER.weave(bytes);
        return defineClass(name, woven, 0, woven.length);
    }

    private Class<?> alreadyDefined(String name) throws ClassNotFoundException {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null) {
            throw new ClassNotFoundException(name);
        }
        return loaded;
    }
}
