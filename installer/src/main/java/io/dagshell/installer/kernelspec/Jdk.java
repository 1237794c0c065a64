package io.dagshell.installer.kernelspec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * A Java development kit on this machine.
 *
 * @param home its folder
 * @param version as its {@code release} file says: {@code 17.0.15}
 * @param feature the feature release: 17
 */
record Jdk(Path home, String version, int feature) {
    static final int OLDEST = 17;

    /** The kit at {@code home}; empty if there is none, it is too old, or it has no compiler (a runtime only). */
    static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(java(home))) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (InputStream in = Files.newInputStream(release)) {
            facts.load(in);
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
        String version = unquoted(facts, "JAVA_VERSION");
        String modules = unquoted(facts, "MODULES");
        int feature = feature(version);
        boolean whole = modules.isEmpty() || modules.contains("jdk.jshell");
        return feature >= OLDEST && whole ? Optional.of(new Jdk(home, version, feature)) : Optional.empty();
    }

    Path java() {
        return java(home);
    }

    private static Path java(Path home) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return home.resolve("bin").resolve(windows ? "java.exe" : "java");
    }

    private static String unquoted(Properties facts, String key) {
        return facts.getProperty(key, "").replace("\"", "").trim();
    }

    private static int feature(String version) {
        String first = version.split("[.+-]", 2)[0];
        return first.matches("\\d{1,4}") ? Integer.parseInt(first) : 0;
    }
}
