package io.dagshell.installer;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The product's files as they lie on this disk: {@code lib/*.jar} and {@code examples/}.
 *
 * @param root the folder that holds both
 */
public record Distribution(Path root) {

    /** The one this process was started from. */
    public static Distribution running() {
        Path place = placeOf(Distribution.class);
        Path lib = place.getParent();
        if (!place.toString().endsWith(".jar") || lib == null || lib.getParent() == null) {
            throw CommandProblem.badInput("DagShell does not run from its distribution but from " + place
                    + ": build it with mvn package and start ./dagshell.");
        }
        return new Distribution(lib.getParent());
    }

    /** The jar or folder a class was loaded from. */
    public static Path placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("no place known of " + type);
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException unusable) {
            throw new IllegalStateException("no path: " + source.getLocation(), unusable);
        }
    }

    public Path lib() {
        return root.resolve("lib");
    }

    public Path examples() {
        return root.resolve("examples");
    }

    /** The jars in the order of their names: the class path of every process, the same each time. */
    public List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(lib())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** The jars that load when a cloud is first used, off the class path of every process. */
    public List<Path> cloudJars() throws IOException {
        try (Stream<Path> files = Files.list(lib().resolve("cloud"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** The jar that starts the product and names the others. */
    public Path main() throws IOException {
        return jars().stream()
                .filter(jar -> jar.getFileName().toString().startsWith("dagshell-installer-"))
                .findFirst()
                .orElseThrow(() -> new IOException("No dagshell-installer jar lies in " + lib() + "."));
    }

    /** All jars, those included that are loaded when first used. */
    public List<Path> allJars() throws IOException {
        try (Stream<Path> files = Files.walk(lib())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Version of the product, as built. */
    public static String version() {
        String version = Distribution.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
