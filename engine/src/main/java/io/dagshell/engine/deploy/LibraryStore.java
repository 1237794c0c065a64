package io.dagshell.engine.deploy;

import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Jars by SHA-256 in one folder, {@code <sha256>/<file>}, shared by all deployments and runs of a machine. Beside each jar
 * stands a stamp (size and time of the jar when its digest was last computed), so that a start need not read every jar.
 * Beside one that was fetched from a server stands a mark of when it was last used: it may be dropped, for it can be fetched again.
 * Uses nothing but the JDK, for it is copied into {@code flow.jar}. Any number of processes may add and read at once.
 */
public final class LibraryStore {
    private static final String STAMP = ".verified";
    private static final String FETCHED = ".fetched";
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
        Files.deleteIfExists(mark(place(entry)));
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

    /** Says that the jar of that line came from a server. Not for one that was also {@linkplain #add added} here. */
    public void fetched(Entry entry) throws IOException {
        Files.write(mark(place(entry)), new byte[0]);
    }

    /** Says that the jar of that line is used now; what was not fetched keeps no account of it. */
    public void used(Entry entry, Instant now) throws IOException {
        Path mark = mark(place(entry));
        if (Files.isRegularFile(mark)) {
            Files.setLastModifiedTime(mark, FileTime.from(now));
        }
    }

    /**
     * Drops the jars that were fetched and not used since.
     *
     * @return how many
     */
    public int dropFetchedUnusedSince(Instant since) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        List<Path> marks;
        try (Stream<Path> files = Files.find(
                folder,
                2,
                (file, facts) -> facts.isRegularFile() && file.toString().endsWith(FETCHED))) {
            marks = files.toList();
        }
        int dropped = 0;
        for (Path mark : marks) {
            if (Files.getLastModifiedTime(mark).toInstant().isBefore(since)) {
                String name = mark.getFileName().toString();
                Path jar = mark.resolveSibling(name.substring(0, name.length() - FETCHED.length()));
                Files.deleteIfExists(jar);
                Files.deleteIfExists(stamp(jar));
                Files.deleteIfExists(mark);
                dropped++;
            }
        }
        return dropped;
    }

    private static Path mark(Path jar) {
        return jar.resolveSibling(jar.getFileName() + FETCHED);
    }

    private static Path stamp(Path jar) {
        return jar.resolveSibling(jar.getFileName() + STAMP);
    }

    private Path place(Entry entry) {
        return folder.resolve(entry.sha256()).resolve(entry.file());
    }

    private static boolean isVerified(Path jar, String sha256) throws IOException {
        if (!Files.isRegularFile(jar)) {
            return false;
        }
        Path stamp = stamp(jar);
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
