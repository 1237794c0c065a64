package io.dagshell.installer.kernelspec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the Java development kits of this machine in the places where they are usually put. */
final class JdkSearch {
    private final Map<String, String> environment;
    private final List<Path> collections;
    private final Path running;

    /**
     * A search.
     *
     * @param collections folders whose children are kits
     * @param running the kit of this process, always a candidate
     */
    JdkSearch(Map<String, String> environment, List<Path> collections, Path running) {
        this.environment = environment;
        this.collections = collections;
        this.running = running;
    }

    static JdkSearch ofMachine() {
        Path user = Path.of(System.getProperty("user.home"));
        return new JdkSearch(
                System.getenv(),
                List.of(
                        Path.of("/usr/lib/jvm"),
                        Path.of("/usr/java"),
                        Path.of("/opt/java"),
                        Path.of("/Library/Java/JavaVirtualMachines"),
                        user.resolve("Library/Java/JavaVirtualMachines"),
                        user.resolve(".sdkman/candidates/java"),
                        user.resolve(".jdks")),
                Path.of(System.getProperty("java.home")));
    }

    /** The kit at {@code home} and no other. */
    static JdkSearch only(Path home) {
        return new JdkSearch(Map.of(), List.of(), home.toAbsolutePath().normalize());
    }

    /** The newest kit; of equals the one this process runs on. */
    Optional<Jdk> newest() {
        return candidates().stream()
                .flatMap(home -> Jdk.at(home).stream())
                .max(Comparator.comparingInt(Jdk::feature)
                        .thenComparing(jdk -> jdk.home().equals(running)));
    }

    /** The kits by feature release; of one release the one this process runs on, or else the first found. */
    SortedMap<Integer, Jdk> byFeature() {
        SortedMap<Integer, Jdk> kits = new TreeMap<>();
        for (Path home : candidates()) {
            Jdk.at(home)
                    .filter(jdk ->
                            !kits.containsKey(jdk.feature()) || jdk.home().equals(running))
                    .ifPresent(jdk -> kits.put(jdk.feature(), jdk));
        }
        return kits;
    }

    private List<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        homes.add(running);
        String set = environment.get("JAVA_HOME");
        if (set != null && !set.isBlank()) {
            homes.add(Path.of(set));
        }
        for (Path collection : collections) {
            for (Path child : children(collection)) {
                homes.add(child);
                homes.add(child.resolve("Contents/Home"));
            }
        }
        return homes;
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
