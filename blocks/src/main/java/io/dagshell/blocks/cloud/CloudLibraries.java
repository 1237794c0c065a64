package io.dagshell.blocks.cloud;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Google's client libraries: over a hundred jars, in a class loader of their own that is made at the first use. They lie in
 * {@code cloud/} beside this class's jar, or where the property {@value #PROPERTY} says. Thread-safe.
 */
public final class CloudLibraries {
    /** A class path of jars, set by a deployed run whose libraries lie in a store. */
    public static final String PROPERTY = "dagshell.cloud.libraries";

    private static @Nullable CloudServices services;

    private CloudLibraries() {}

    /** @throws IllegalStateException this copy of DagShell has none */
    public static synchronized CloudServices services() {
        if (services == null) {
            ClassLoader loader = new OwnFirst(jars(), CloudLibraries.class.getClassLoader());
            services = ServiceLoader.load(CloudServices.class, loader)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "the libraries of Google Cloud are not here: " + "this copy of DagShell lacks lib/cloud"));
        }
        return services;
    }

    private static URL[] jars() {
        List<URL> urls = new ArrayList<>();
        for (Path jar : paths()) {
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static List<Path> paths() {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isEmpty()) {
            return Stream.of(given.split(File.pathSeparator)).map(Path::of).toList();
        }
        try {
            Path own = Path.of(CloudLibraries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = own.resolveSibling("cloud");
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> jars = Files.list(folder)) {
                return jars.filter(jar -> jar.toString().endsWith(".jar"))
                        .sorted()
                        .toList();
            }
        } catch (URISyntaxException | IOException unreadable) {
            throw new IllegalStateException("the libraries of Google Cloud cannot be read", unreadable);
        }
    }

    /** Looks at home first: DagShell's own copies of common libraries are of other versions than those Google's need. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL[] jars, ClassLoader parent) {
            super("dagshell-cloud", jars, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known == null && !name.startsWith("java.")) {
                    known = own(name);
                }
                return known == null ? super.loadClass(name, resolve) : known;
            }
        }

        private @Nullable Class<?> own(String name) {
            try {
                return findClass(name);
            } catch (ClassNotFoundException elsewhere) {
                return null;
            }
        }

        @Override
        public @Nullable URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }
    }
}
