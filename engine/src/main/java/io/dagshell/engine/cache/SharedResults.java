package io.dagshell.engine.cache;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Results behind those of this machine: signed records and the blobs they name. Nothing that is wrong there reaches a
 * task; each trouble is reported once. Thread-safe.
 */
final class SharedResults {
    private static final String MAGIC = "dagshell-signed 1 ";
    private static final int HEADER = MAGIC.length() + 64 + 1;

    private final CacheSettings.Shared shared;
    private final EntryFolder entries;
    private final FileBlobs blobs;
    private final Path temporary;
    private final Consumer<String> report;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    SharedResults(
            CacheSettings.Shared shared,
            EntryFolder entries,
            FileBlobs blobs,
            Path temporary,
            Consumer<String> report) {
        this.shared = shared;
        this.entries = entries;
        this.blobs = blobs;
        this.temporary = temporary;
        this.report = report;
    }

    /** Brings a result here; false if there is none that can be believed, or none that is newer. */
    boolean fetch(String task, String key, Instant newerThan) {
        try {
            Optional<byte[]> record = signed(task, key);
            if (record.isEmpty()) {
                return false;
            }
            Entry entry = EntryFormat.read(record.get(), key);
            if (!entry.storedAt().isAfter(newerThan) || !entry.task().equals(task)) {
                return false;
            }
            for (Digest blob : entry.blobs()) {
                fetch(blob);
            }
            entries.write(entry);
            return true;
        } catch (IOException | RuntimeException failed) {
            tell("the shared result of " + task + " in " + shared.place() + " is not used: " + Words.of(failed));
            return false;
        }
    }

    /** Puts a result there, its record last, if this process may. */
    void publish(Entry entry) {
        if (!shared.mayWrite()) {
            return;
        }
        try {
            for (Digest blob : entry.blobs()) {
                if (!shared.place().has(name(blob))) {
                    shared.place().put(name(blob), blobs.place(blob));
                }
            }
            byte[] record = EntryFormat.write(entry);
            publish(name(entry.task(), entry.key().hex()), record);
        } catch (IOException | RuntimeException failed) {
            tell("a result of " + entry.task() + " is not shared in " + shared.place() + ": " + Words.of(failed));
        }
    }

    private void publish(String name, byte[] record) throws IOException {
        AtomicFiles.makeFolder(temporary);
        Path draft = temporary.resolve(UUID.randomUUID().toString());
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                out.write((MAGIC + shared.key().sign(record) + "\n").getBytes(StandardCharsets.US_ASCII));
                out.write(record);
            }
            shared.place().put(name, draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Optional<byte[]> signed(String task, String key) throws IOException {
        Optional<InputStream> found = shared.place().open(name(task, key));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = found.get()) {
            bytes = in.readAllBytes();
        }
        byte[] header = Arrays.copyOf(bytes, Math.min(HEADER, bytes.length));
        byte[] record = Arrays.copyOfRange(bytes, header.length, bytes.length);
        byte[] expected = (MAGIC + shared.key().sign(record) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(header, expected)) {
            throw new IOException("it is not signed with the key in " + shared.key());
        }
        return Optional.of(record);
    }

    private void fetch(Digest blob) throws IOException {
        if (isHere(blob)) {
            return;
        }
        InputStream found = shared.place()
                .open(name(blob))
                .orElseThrow(() -> new IOException("blob " + blob + " of it is missing"));
        try (InputStream in = found) {
            if (!blobs.write(in::transferTo).equals(blob)) {
                throw new IOException("blob " + blob + " of it is damaged");
            }
        }
    }

    private boolean isHere(Digest blob) {
        try {
            blobs.verify(blob);
            return true;
        } catch (IOException absentOrDamaged) {
            return false;
        }
    }

    private void tell(String sentence) {
        if (reported.add(sentence)) {
            report.accept(sentence);
        }
    }

    private static String name(String task, String key) {
        return "results/" + task + "/" + key;
    }

    private static String name(Digest blob) {
        return "blobs/" + blob.hex().substring(0, 2) + "/" + blob.hex();
    }
}
