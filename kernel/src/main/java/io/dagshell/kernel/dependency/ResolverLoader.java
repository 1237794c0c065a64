package io.dagshell.kernel.dependency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the resolver and its libraries from the folder {@code resolver} beside the kernel's jar, where they cost no start
 * anything and no code of cells sees them. Without that folder (in the build) they are on the class path.
 */
final class ResolverLoader extends URLClassLoader {
    private static final String RESOLVER = "io.dagshell.kernel.dependency.maven.";

    static {
        registerAsParallelCapable();
    }

    private ResolverLoader(URL[] urls, ClassLoader parent) {
        super("dagshell-resolver", urls, parent);
    }

    static DependencyResolver open(MavenSettings settings) {
        ClassLoader own = ResolverLoader.class.getClassLoader();
        Path kernel = place();
        Path folder = kernel.resolveSibling("resolver");
        ClassLoader loader = Files.isDirectory(folder) ? new ResolverLoader(urls(kernel, folder), own) : own;
        try {
            return (DependencyResolver) loader.loadClass(RESOLVER + "MavenResolver")
                    .getConstructor(MavenSettings.class)
                    .newInstance(settings);
        } catch (InvocationTargetException failure) {
            throw unusable(failure.getCause());
        } catch (ReflectiveOperationException incomplete) {
            throw new IllegalStateException("the resolver of libraries cannot be loaded from " + folder, incomplete);
        }
    }

    /** The resolver begins by reading the settings: a broken file is the person's to mend. */
    private static DependencyException unusable(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return DependencyException.wrong(
                "", "Maven's settings cannot be used: " + (root == null ? "" : root.getMessage()));
    }

    private static Path place() {
        try {
            return Path.of(ResolverLoader.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where the kernel's classes are", e);
        }
    }

    private static URL[] urls(Path kernel, Path folder) {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : Stream.concat(Stream.of(kernel), jars.sorted()).toList()) {
                urls.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException("not a path of a jar in " + folder, impossible);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return urls.toArray(URL[]::new);
    }

    /** The classes that use the resolver's libraries must be loaded beside them, though the parent has them too. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(RESOLVER)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
