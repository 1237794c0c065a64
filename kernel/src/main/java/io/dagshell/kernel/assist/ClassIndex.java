package io.dagshell.kernel.assist;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
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

    /**
     * Full names, each twice: ten thousand of them cost less so than in maps.
     *
     * @param bySimpleName sorted by what stands behind the last dot, then as a whole
     * @param byName sorted as a whole
     */
    private record Known(List<String> bySimpleName, List<String> byName) {}

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

    /** Full names of classes whose simple name begins so. */
    Stream<String> named(String prefix) {
        return ready().stream()
                .flatMap(all -> from(all.bySimpleName(), prefix, ClassIndex::simpleName))
                .takeWhile(name -> simpleName(name).startsWith(prefix))
                .limit(ENOUGH);
    }

    /** Whether there is a class of this full name, as far as is known yet. */
    boolean has(String name) {
        return ready().filter(all -> Collections.binarySearch(all.byName(), name) >= 0)
                .isPresent();
    }

    /** Whether there are classes in a package or below it, as far as is known yet. */
    boolean hasPackage(String packageName) {
        return inside(packageName).findFirst().isPresent();
    }

    /** Simple names of classes in a package. */
    Stream<String> classesIn(String packageName) {
        return inside(packageName).filter(rest -> rest.indexOf('.') < 0);
    }

    /** Last parts of names of packages in a package; in the package without a name, first parts. */
    Stream<String> packagesIn(String packageName) {
        return inside(packageName)
                .filter(rest -> rest.indexOf('.') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('.')))
                .distinct();
    }

    /** What stands behind the package's name in the names that begin with it. */
    private Stream<String> inside(String packageName) {
        String start = packageName.isEmpty() ? "" : packageName + ".";
        return ready().stream()
                .flatMap(all -> from(all.byName(), start, Function.identity()))
                .takeWhile(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()));
    }

    /** Those whose key is not before {@code first}. */
    private static Stream<String> from(List<String> sorted, String first, Function<String, String> key) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key.apply(sorted.get(middle)).compareTo(first) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return sorted.subList(low, sorted.size()).stream();
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Known read(List<String> classPath) {
        Set<String> names = new HashSet<>();
        FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            module.descriptor().exports().stream()
                    .filter(export -> !export.isQualified())
                    .forEach(export -> readPackage(
                            jdk, module.descriptor().name(), export.source().replace('.', '/'), names));
        }
        for (String entry : classPath) {
            readEntry(Path.of(entry), names);
        }
        return new Known(
                names.stream()
                        .sorted(Comparator.comparing(ClassIndex::simpleName).thenComparing(Function.identity()))
                        .toList(),
                names.stream().sorted().toList());
    }

    /** One by one: the JDK keeps in memory what was ever listed of it, and most of it is exported to nobody. */
    private static void readPackage(FileSystem jdk, String module, String packagePath, Set<String> names) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(jdk.getPath("modules", module, packagePath))) {
            files.forEach(file -> add(packagePath + "/" + file.getFileName(), names));
        } catch (IOException unreadable) {
            // An index with less in it: completion goes on without this package.
        }
    }

    private static void readEntry(Path entry, Set<String> names) {
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

    private static void add(String file, Set<String> names) {
        boolean isClass = file.endsWith(".class") && file.indexOf('$') < 0 && file.indexOf('-') < 0;
        if (isClass && file.indexOf('/') > 0 && !file.startsWith("META-INF/")) {
            names.add(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        }
    }
}
