package io.dagshell.kernel.dependency.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.aether.util.version.GenericVersionScheme;
import org.eclipse.aether.version.InvalidVersionSpecificationException;
import org.eclipse.aether.version.Version;

/** What a local repository holds, read from its folders: {@code group/as/folders/artifact/version/*.pom}. */
final class LocalNames {
    private static final GenericVersionScheme SCHEME = new GenericVersionScheme();

    private LocalNames() {}

    static SortedMap<String, List<String>> in(Path repository) {
        SortedMap<String, List<String>> names = new TreeMap<>();
        if (!Files.isDirectory(repository)) {
            return names;
        }
        try {
            Files.walkFileTree(repository, new Poms(repository, names));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        names.values()
                .forEach(versions ->
                        versions.sort(Comparator.comparing(LocalNames::version).reversed()));
        return names;
    }

    private static Version version(String text) {
        try {
            return SCHEME.parseVersion(text);
        } catch (InvalidVersionSpecificationException impossible) {
            throw new IllegalArgumentException("not a version: " + text, impossible);
        }
    }

    /** Notes each folder that holds a pom. */
    private static final class Poms extends SimpleFileVisitor<Path> {
        private final Path repository;
        private final SortedMap<String, List<String>> names;

        Poms(Path repository, SortedMap<String, List<String>> names) {
            this.repository = repository;
            this.names = names;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.getFileName().toString().endsWith(".pom")) {
                return FileVisitResult.CONTINUE;
            }
            Path folder = repository.relativize(file.getParent());
            int depth = folder.getNameCount();
            if (depth >= 3) {
                String group = folder.subpath(0, depth - 2).toString().replace(java.io.File.separatorChar, '.');
                names.computeIfAbsent(group + ":" + folder.getName(depth - 2), name -> new ArrayList<>())
                        .add(folder.getName(depth - 1).toString());
            }
            return FileVisitResult.SKIP_SIBLINGS;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }
    }
}
