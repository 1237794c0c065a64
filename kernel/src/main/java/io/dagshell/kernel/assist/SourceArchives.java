package io.dagshell.kernel.assist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Sources that lie beside what was compiled from them: the JDK's {@code src.zip}, a library's {@code -sources.jar}. */
final class SourceArchives {
    private final List<Path> jars;

    SourceArchives(List<String> classPath) {
        jars = classPath.stream().map(Path::of).toList();
    }

    /**
     * The source of a top-level class.
     *
     * @param module of the JDK that holds it, or empty
     */
    Optional<String> source(String module, String className) {
        String file = className.replace('.', '/') + ".java";
        if (!module.isEmpty()) {
            return read(Path.of(System.getProperty("java.home"), "lib", "src.zip"), module + "/" + file);
        }
        return jars.stream()
                .map(SourceArchives::sources)
                .map(archive -> read(archive, file))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Path sources(Path jar) {
        String name = jar.getFileName().toString();
        return jar.resolveSibling(name.replaceFirst("\\.jar$", "-sources.jar"));
    }

    private static Optional<String> read(Path archive, String file) {
        if (!Files.isRegularFile(archive)) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(file);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream bytes = zip.getInputStream(entry)) {
                return Optional.of(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
