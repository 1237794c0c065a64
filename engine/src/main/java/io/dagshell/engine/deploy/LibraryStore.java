package io.dagshell.engine.deploy;

import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Jars by SHA-256 in one folder, {@code <sha256>/<file>}, shared by all deployments and runs of a machine. Beside each jar
 * stands a stamp (size and time of the jar when its digest was last computed), so that a start need not read every jar.
 * Uses nothing but the JDK, for it is copied into {@code flow.jar}. Any number of processes may add and read at once.
 */
public final class LibraryStore {
    private static final String STAMP = "verified";
    private final Path folder;

    /** The store in {@code folder}, which need not exist yet. */
    public LibraryStore(Path folder) {
        this.folder = folder;
    }

    /** Puts a copy of {@code jar} into the store, unless it is there, and answers its line of the lock. */
    public Entry add(Path jar, Role role, String coordinate) throws IOException {
        Entry entry = new Entry(role, digest(jar), jar.getFileName().toString(), coordinate);
        if (!isVerified(place(entry), entry.sha256())) {
            try (InputStream content = Files.newInputStream(jar)) {
                put(entry, content);
            }
        }
        return entry;
    }

    /** Whether the jar of that line is here, its content verified. */
    public boolean has(Entry entry) throws IOException {
        return isVerified(place(entry), entry.sha256());
    }

    /** Keeps {@code content} as the jar of that line; whether it is that is found out by {@link #find}. */
    public void put(Entry entry, InputStream content) throws IOException {
        Path target = place(entry);
        Files.createDirectories(target.getParent());
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * The jar of that line, its content verified.
     *
     * @throws IOException it is not there or damaged; the message is a sentence for people
     */
    public Path find(Entry entry) throws IOException {
        Path jar = place(entry);
        if (!Files.isRegularFile(jar)) {
            throw new IOException("The library " + entry.file() + " is not in the library store " + folder + ".");
        }
        if (!isVerified(jar, entry.sha256())) {
            throw new IOException("The library " + jar + " is damaged: its SHA-256 is not " + entry.sha256() + ".");
        }
        return jar;
    }

    private Path place(Entry entry) {
        return folder.resolve(entry.sha256()).resolve(entry.file());
    }

    private static boolean isVerified(Path jar, String sha256) throws IOException {
        if (!Files.isRegularFile(jar)) {
            return false;
        }
        Path stamp = jar.resolveSibling(jar.getFileName() + "." + STAMP);
        String now = Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis() + "\n";
        if (Files.isRegularFile(stamp) && Files.readString(stamp).equals(now)) {
            return true;
        }
        if (!digest(jar).equals(sha256)) {
            return false;
        }
        if (Files.isWritable(jar.getParent())) {
            Files.writeString(stamp, now);
        }
        return true;
    }

    /** Hexadecimal SHA-256 of a file. */
    public static String digest(Path file) throws IOException {
        return Digest.ofFile(file).hex();
    }
}
