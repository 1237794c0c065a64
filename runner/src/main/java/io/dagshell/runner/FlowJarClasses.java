package io.dagshell.runner;

import io.dagshell.bootstrap.Bootstrap;
import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The classes that every {@code flow.jar} carries so that it can find its libraries: {@link Bootstrap} and its needs. */
public final class FlowJarClasses {
    /** The main class of a {@code flow.jar}. */
    public static final String MAIN = Bootstrap.class.getName();

    private static final List<Class<?>> CLASSES = List.of(
            Bootstrap.class,
            DependencyLock.class,
            DependencyLock.Entry.class,
            DependencyLock.Role.class,
            LibraryStore.class,
            Digest.class,
            Home.class);

    private FlowJarClasses() {}

    /** Path in the jar to bytes. */
    public static SortedMap<String, byte[]> all() {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        for (Class<?> each : CLASSES) {
            String path = each.getName().replace('.', '/') + ".class";
            try (InputStream in = each.getClassLoader().getResourceAsStream(path)) {
                if (in == null) {
                    throw new IllegalStateException("no bytes of " + each);
                }
                classes.put(path, in.readAllBytes());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return classes;
    }
}
