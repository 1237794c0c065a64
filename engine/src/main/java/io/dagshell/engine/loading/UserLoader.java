package io.dagshell.engine.loading;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads what code of cells may see: the JDK, DagShell's API and Tablesaw from the product, the jars the notebook
 * declared, and nothing else. So a user's Jackson or Guava of another version works beside DagShell's own.
 *
 * <pre>{@code
 * JDK, io.dagshell, tech.tablesaw  ->  declared jars  ->  what Tablesaw's API shows (fastutil, roaringbitmap)
 * }</pre>
 *
 * <p>Thread-safe; parallel capable. Jars may be added while it is in use, as cells declare them.
 */
public final class UserLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    /** One copy each, whatever a notebook declares: values of these types pass between cells and DagShell. */
    private static final List<String> ALWAYS_FROM_PRODUCT = List.of("io.dagshell.", "tech.tablesaw.");

    /** Libraries whose types appear in Tablesaw's API; a declared jar comes first. */
    private static final List<String> ALSO_FROM_PRODUCT = List.of("it.unimi.dsi.fastutil.", "org.roaringbitmap.");

    private static final String SERVICES = "META-INF/services/";

    private final ClassLoader product;

    /**
     * @param declaredJars in class path order
     * @param product loader of DagShell and its libraries
     */
    public UserLoader(List<Path> declaredJars, ClassLoader product) {
        super("dagshell-user", new URL[0], ClassLoader.getPlatformClassLoader());
        this.product = product;
        add(declaredJars);
    }

    /** Appends jars; classes loaded so far stay. */
    public void add(List<Path> jars) {
        jars.forEach(jar -> addURL(url(jar)));
        JdbcDrivers.register(jars, this);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException("not a path of a jar: " + jar, impossible);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            Class<?> found = loaded == null ? find(name) : loaded;
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        Class<?> ofJdk = JdkClasses.find(name);
        if (ofJdk != null) {
            return ofJdk;
        }
        if (startsWithAny(name, ALWAYS_FROM_PRODUCT)) {
            return ofProductOrDeclared(name);
        }
        if (!startsWithAny(name, ALSO_FROM_PRODUCT)) {
            return findClass(name);
        }
        try {
            return findClass(name);
        } catch (ClassNotFoundException notDeclared) {
            return product.loadClass(name);
        }
    }

    /** Modules of Tablesaw that the product does not have may be declared. */
    private Class<?> ofProductOrDeclared(String name) throws ClassNotFoundException {
        try {
            return product.loadClass(name);
        } catch (ClassNotFoundException notOfProduct) {
            return findClass(name);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL ofJdk = getParent().getResource(name);
        if (ofJdk != null) {
            return ofJdk;
        }
        if (isIn(name, ALWAYS_FROM_PRODUCT)) {
            return product.getResource(name);
        }
        URL declared = findResource(name);
        return declared == null && isIn(name, ALSO_FROM_PRODUCT) ? product.getResource(name) : declared;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = new ArrayList<>(Collections.list(getParent().getResources(name)));
        found.addAll(Collections.list(findResources(name)));
        if (isIn(name, ALWAYS_FROM_PRODUCT) || isIn(name, ALSO_FROM_PRODUCT)) {
            found.addAll(Collections.list(product.getResources(name)));
        }
        return Collections.enumeration(found);
    }

    /** By package; a service file by the package of its service. */
    private static boolean isIn(String resource, List<String> packages) {
        String path = resource.startsWith(SERVICES) ? resource.substring(SERVICES.length()) : resource;
        return startsWithAny(path.replace('/', '.'), packages);
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
