package io.dagshell.kernel.assist;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Names of the classes there are: those the JDK exports and those on the class path. Made once, on a thread of its own;
 * until it is ready it knows nothing. Thread-safe.
 */
final class ClassIndex {
    private static final int ENOUGH = 2_000;
    /** A cell's thread never waits for it. */
    private static final Executor BESIDE = work -> {
        Thread thread = new Thread(work, "class-index");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    };

    private final CompletableFuture<Known> known;

    private ClassIndex(CompletableFuture<Known> known) {
        this.known = known;
    }

    /** @param packages each package's simple class names */
    private record Known(
            NavigableMap<String, NavigableSet<String>> bySimpleName, NavigableMap<String, List<String>> packages) {}

    static ClassIndex of(List<String> classPath) {
        return new ClassIndex(CompletableFuture.supplyAsync(() -> read(classPath), BESIDE));
    }

    /** Waits until it is ready. */
    void await() {
        known.join();
    }

    private Optional<Known> ready() {
        return known.isDone() && !known.isCompletedExceptionally() ? Optional.of(known.join()) : Optional.empty();
    }

    /** Full names of classes whose simple name begins so; those of {@code java} first. */
    Stream<String> named(String prefix) {
        return ready().stream()
                .flatMap(all -> all.bySimpleName().tailMap(prefix).entrySet().stream()
                        .takeWhile(entry -> entry.getKey().startsWith(prefix))
                        .limit(ENOUGH)
                        .flatMap(entry -> entry.getValue().stream()));
    }

    /** Simple names of classes in a package. */
    Stream<String> classesIn(String packageName) {
        return ready().stream().flatMap(all -> all.packages().getOrDefault(packageName, List.of()).stream());
    }

    /** Last parts of names of packages in a package; in the package without a name, first parts. */
    Stream<String> packagesIn(String packageName) {
        String start = packageName.isEmpty() ? "" : packageName + ".";
        return ready().stream()
                .flatMap(all -> all.packages().tailMap(start).keySet().stream()
                        .takeWhile(name -> name.startsWith(start))
                        .map(name -> name.substring(start.length()).split("\\.", 2)[0]))
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    private static Known read(List<String> classPath) {
        List<String> names = new ArrayList<>();
        for (ModuleReference module : java.lang.module.ModuleFinder.ofSystem().findAll()) {
            readModule(module, names);
        }
        for (String entry : classPath) {
            readEntry(Path.of(entry), names);
        }
        return known(names);
    }

    private static void readModule(ModuleReference reference, List<String> names) {
        List<String> exported = reference.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .map(name -> name.replace('.', '/'))
                .toList();
        try (ModuleReader reader = reference.open();
                Stream<String> files = reader.list()) {
            files.filter(file -> file.indexOf('/') > 0)
                    .filter(file -> exported.contains(file.substring(0, file.lastIndexOf('/'))))
                    .forEach(file -> add(file, names));
        } catch (IOException unreadable) {
            // An index with less in it: completion goes on without this module.
        }
    }

    private static void readEntry(Path entry, List<String> names) {
        try {
            if (Files.isDirectory(entry)) {
                try (Stream<Path> files = Files.walk(entry)) {
                    files.map(entry::relativize)
                            .map(Path::toString)
                            .map(file -> file.replace(File.separatorChar, '/'))
                            .forEach(file -> add(file, names));
                }
            } else if (Files.isRegularFile(entry)) {
                try (ZipFile jar = new ZipFile(entry.toFile())) {
                    jar.stream().forEach(file -> add(file.getName(), names));
                }
            }
        } catch (IOException unreadable) {
            // As above: what cannot be read is not proposed.
        }
    }

    private static void add(String file, List<String> names) {
        boolean isClass = file.endsWith(".class") && file.indexOf('$') < 0 && file.indexOf('-') < 0;
        if (isClass && !file.startsWith("META-INF/")) {
            names.add(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        }
    }

    private static Known known(List<String> names) {
        NavigableMap<String, NavigableSet<String>> bySimpleName = new TreeMap<>();
        NavigableMap<String, List<String>> packages = new TreeMap<>();
        for (String name : names) {
            int dot = name.lastIndexOf('.');
            if (dot > 0) {
                String simple = name.substring(dot + 1);
                bySimpleName.computeIfAbsent(simple, key -> new TreeSet<>()).add(name);
                packages.computeIfAbsent(name.substring(0, dot), key -> new ArrayList<>())
                        .add(simple);
            }
        }
        packages.replaceAll((name, classes) -> Collections.unmodifiableList(classes));
        return new Known(bySimpleName, packages);
    }
}
