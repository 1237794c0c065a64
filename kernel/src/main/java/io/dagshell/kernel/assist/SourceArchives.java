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

/**
 * What lies beside compiled classes to document them: the JDK's {@code src.zip}, a library's {@code -sources.jar} and
 * {@code -javadoc.jar}.
 */
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
        return beside("-sources.jar", file);
    }

    /**
     * The page of a class of a library.
     *
     * @param page {@code lib/Greeter.Nested}, without its ending
     */
    Optional<String> page(String page) {
        return beside("-javadoc.jar", page + ".html");
    }

    private Optional<String> beside(String ending, String file) {
        return jars.stream()
                .map(jar -> jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ending)))
                .map(archive -> read(archive, file))
                .flatMap(Optional::stream)
                .findFirst();
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
