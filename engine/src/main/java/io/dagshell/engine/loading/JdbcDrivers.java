package io.dagshell.engine.loading;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Lets database drivers in declared jars announce themselves. The JDK looks for drivers once in a process, which is over
 * before a cell declares one; without this {@code DriverManager} answers "no suitable driver".
 */
final class JdbcDrivers {
    private static final String SERVICE = "META-INF/services/java.sql.Driver";

    private JdbcDrivers() {}

    static void register(List<Path> jars, ClassLoader loader) {
        for (Path jar : jars) {
            if (Files.isRegularFile(jar)) {
                names(jar).forEach(name -> initialize(name, loader));
            }
        }
    }

    private static List<String> names(Path jar) {
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry service = zip.getEntry(SERVICE);
            if (service == null) {
                return names;
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(zip.getInputStream(service), StandardCharsets.UTF_8))) {
                lines.lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(names::add);
            }
            return names;
        } catch (IOException notAZip) {
            return names;
        } catch (UncheckedIOException unreadable) {
            return names;
        }
    }

    private static void initialize(String driver, ClassLoader loader) {
        try {
            Class.forName(driver, true, loader);
        } catch (ClassNotFoundException | LinkageError unusable) {
            // It fails again, and says why, when code asks for it by name.
            return;
        }
    }
}
