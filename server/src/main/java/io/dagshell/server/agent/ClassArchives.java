package io.dagshell.server.agent;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Archives from which processes of runs take the classes of DagShell's libraries, ready parsed and verified: one for each
 * Java and set of libraries, written by the first run that ends well, as it ends. The virtual machine checks one against
 * Java and jars and does without if they differ; a run starts without one too, only later. Thread-safe.
 *
 * @see <a href="https://openjdk.org/jeps/350">JEP 350, dynamic class-data archives</a>
 */
final class ClassArchives {
    private static final String SUFFIX = ".jsa";
    private static final String PART = ".part";
    private static final int KEPT = 4;

    private final Path folder;
    private final Set<Path> inTheMaking = ConcurrentHashMap.newKeySet();

    /** Archives in {@code folder}, which need not exist. One agent at a time uses it. */
    ClassArchives(Path folder) {
        this.folder = folder;
        endingIn(PART).forEach(ClassArchives::delete);
    }

    /**
     * What one process does about archives.
     *
     * @param flags for the virtual machine
     * @param archive the one it uses or writes
     */
    record Plan(List<String> flags, Path archive, boolean writes) {}

    /** For a process of that Java with these jars as its class path. */
    Plan plan(Path java, List<Path> jars) {
        Path archive = folder.resolve(name(java, jars) + SUFFIX);
        if (Files.isRegularFile(archive)) {
            touch(archive);
            return new Plan(List.of("-XX:SharedArchiveFile=" + archive), archive, false);
        }
        if (!isWritable() || !inTheMaking.add(archive)) {
            return new Plan(List.of(), archive, false);
        }
        return new Plan(List.of("-XX:ArchiveClassesAtExit=" + part(archive)), archive, true);
    }

    private boolean isWritable() {
        try {
            return Files.isWritable(Files.createDirectories(folder));
        } catch (IOException unwritable) {
            return false;
        }
    }

    /** The process of a plan has begun: if it writes an archive and ends well, later ones use it. */
    void begun(Plan plan, Process process) {
        if (plan.writes()) {
            process.onExit().thenAccept(ended -> settle(plan.archive(), ended.exitValue() == 0));
        }
    }

    /** The process of a plan could not begin. */
    void notBegun(Plan plan) {
        if (plan.writes()) {
            settle(plan.archive(), false);
        }
    }

    private void settle(Path archive, boolean well) {
        try {
            if (well && Files.isRegularFile(part(archive))) {
                Files.move(part(archive), archive, StandardCopyOption.ATOMIC_MOVE);
                dropOld();
            } else {
                delete(part(archive));
            }
        } catch (IOException failed) {
            System.getLogger(ClassArchives.class.getName())
                    .log(System.Logger.Level.WARNING, "the class archive " + archive + " was not kept", failed);
        } finally {
            inTheMaking.remove(archive);
        }
    }

    private static Path part(Path archive) {
        return archive.resolveSibling(archive.getFileName() + PART);
    }

    /** The jars lie in folders of their digests, so that their paths tell their content. */
    private static String name(Path java, List<Path> jars) {
        byte[] told = (java + "\n" + jars).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Digest.sha256().digest(told)).substring(0, 32);
    }

    private void dropOld() {
        endingIn(SUFFIX).stream()
                .sorted(Comparator.comparing(ClassArchives::used).reversed())
                .skip(KEPT)
                .forEach(ClassArchives::delete);
    }

    private List<Path> endingIn(String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static FileTime used(Path archive) {
        try {
            return Files.getLastModifiedTime(archive);
        } catch (IOException gone) {
            return FileTime.from(Instant.EPOCH);
        }
    }

    private static void touch(Path archive) {
        try {
            Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
        } catch (IOException readOnly) {
            // Then it counts as old as it is.
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException busy) {
            System.getLogger(ClassArchives.class.getName())
                    .log(System.Logger.Level.WARNING, "could not delete " + file, busy);
        }
    }
}
