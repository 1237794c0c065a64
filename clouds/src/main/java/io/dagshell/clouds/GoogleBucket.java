package io.dagshell.clouds;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.blocks.cloud.ObjectStore;
import io.dagshell.blocks.cloud.StoredObject;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A bucket. Uploads are resumable sessions in parts of 8 MiB, each part repeated by the library where that may help. */
final class GoogleBucket implements ObjectStore {
    private static final int PART = 8 << 20;
    private static final Duration PATIENCE_OF_TEST = Duration.ofSeconds(4);

    private final StorageOptions options;
    private final Storage storage;
    private final String bucket;

    GoogleBucket(StorageOptions options, String bucket) {
        this.options = options;
        this.storage = options.getService();
        this.bucket = bucket;
    }

    private interface Asked<T> {
        T ask() throws IOException;
    }

    private <T> T ask(String missing, Asked<T> asked) throws CloudException {
        try {
            return asked.ask();
        } catch (StorageException refused) {
            throw Answers.told(refused, missing);
        } catch (IOException broken) {
            if (broken.getCause() instanceof StorageException refused) {
                throw Answers.told(refused, missing);
            }
            throw new CloudException(false, "lost the connection: " + Answers.message(broken), broken);
        }
    }

    @Override
    public StoredObject put(Path file, String name, Watch watch) throws CloudException {
        String checksum = checksum(file);
        Optional<StoredObject> before = find(name);
        BlobInfo info = BlobInfo.newBuilder(BlobId.of(bucket, name))
                .setCrc32c(checksum)
                .setContentType(
                        name.endsWith(".parquet") ? "application/vnd.apache.parquet" : "application/octet-stream")
                .build();
        BlobWriteOption unchanged = before.map(known -> BlobWriteOption.generationMatch(known.generation()))
                .orElseGet(BlobWriteOption::doesNotExist);
        try {
            return ask("has no bucket " + bucket, () -> {
                try (InputStream in = new WatchedInput(Files.newInputStream(file), Files.size(file), watch)) {
                    return told(storage.createFrom(info, in, PART, unchanged, BlobWriteOption.crc32cMatch()));
                }
            });
        } catch (CloudException refused) {
            // Written, and the answer lost: the next try of the same request finds another generation, with our
            // content.
            Optional<StoredObject> now = refused.ofUser() ? Optional.empty() : find(name);
            return now.filter(known -> known.crc32c().equals(checksum)).orElseThrow(() -> refused);
        }
    }

    private static String checksum(Path file) throws CloudException {
        CRC32C crc = new CRC32C();
        byte[] part = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(part); got >= 0; got = in.read(part)) {
                crc.update(part, 0, got);
            }
        } catch (IOException unreadable) {
            throw new CloudException(false, "was given a file that cannot be read: " + unreadable, unreadable);
        }
        return StoredObject.written(crc);
    }

    @Override
    public StoredObject get(String name, Path file, Watch watch) throws CloudException {
        StoredObject known = find(name)
                .orElseThrow(() -> new CloudException(true, "has no object " + name + " in bucket " + bucket, null));
        return ask("lost object " + name + " meanwhile", () -> {
            Path target = file.toAbsolutePath();
            Files.createDirectories(target.getParent());
            Path part = Files.createTempFile(target.getParent(), ".dagshell-", ".part");
            try {
                CRC32C crc = new CRC32C();
                try (OutputStream out = new WatchedOutput(Files.newOutputStream(part), known.size(), crc, watch)) {
                    // this generation and no other: whoever writes meanwhile does not mix in
                    storage.downloadTo(BlobId.of(bucket, name, known.generation()), out);
                }
                if (!StoredObject.written(crc).equals(known.crc32c())) {
                    throw new IOException("the content of " + name + " does not have its checksum");
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return known;
            } finally {
                Files.deleteIfExists(part);
            }
        });
    }

    @Override
    public Optional<InputStream> read(String name) throws CloudException {
        return find(name).map(this::read);
    }

    @Override
    public InputStream read(StoredObject known) {
        return Channels.newInputStream(storage.reader(BlobId.of(bucket, known.name(), known.generation())));
    }

    @Override
    public List<StoredObject> list(String prefix) throws CloudException {
        return ask("has no bucket " + bucket, () -> {
            List<StoredObject> found = new ArrayList<>();
            for (Blob blob : storage.list(bucket, BlobListOption.prefix(prefix)).iterateAll()) {
                found.add(told(blob));
            }
            return found;
        });
    }

    @Override
    public Optional<StoredObject> find(String name) throws CloudException {
        return ask(
                "has no bucket " + bucket,
                () -> Optional.ofNullable(storage.get(BlobId.of(bucket, name))).map(GoogleBucket::told));
    }

    @Override
    public boolean delete(String name) throws CloudException {
        return ask("has no bucket " + bucket, () -> storage.delete(BlobId.of(bucket, name)));
    }

    @Override
    public String location() throws CloudException {
        RetrySettings quick = options.getRetrySettings().toBuilder()
                .setTotalTimeoutDuration(PATIENCE_OF_TEST)
                .build();
        return ask("has no bucket " + bucket, () -> {
            Bucket found = options.toBuilder()
                    .setRetrySettings(quick)
                    .build()
                    .getService()
                    .get(bucket);
            if (found == null) {
                throw new StorageException(404, "no bucket");
            }
            return found.getLocation() == null ? "an unknown place" : found.getLocation();
        });
    }

    private static StoredObject told(Blob blob) {
        Instant updated = blob.getUpdateTimeOffsetDateTime() == null
                ? Instant.EPOCH
                : blob.getUpdateTimeOffsetDateTime().toInstant();
        return new StoredObject(
                blob.getBucket(),
                blob.getName(),
                blob.getSize() == null ? 0 : blob.getSize(),
                blob.getGeneration() == null ? 0 : blob.getGeneration(),
                blob.getCrc32c() == null ? "" : blob.getCrc32c(),
                updated);
    }

    @Override
    public void close() {
        try {
            storage.close();
        } catch (Exception unclosed) {
            Thread.yield(); // what was asked is answered; nothing waits for a connection to end
        }
    }

    private static final class WatchedInput extends FilterInputStream {
        private final long total;
        private final Watch watch;
        private long passed;

        WatchedInput(InputStream in, long total, Watch watch) {
            super(in);
            this.total = total;
            this.watch = watch;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int got = in.read(into, from, length);
            passed += Math.max(got, 0);
            watch.passed(passed, total);
            return got;
        }
    }

    private static final class WatchedOutput extends FilterOutputStream {
        private final long total;
        private final CRC32C crc;
        private final Watch watch;
        private long passed;

        WatchedOutput(OutputStream out, long total, CRC32C crc, Watch watch) {
            super(out);
            this.total = total;
            this.crc = crc;
            this.watch = watch;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            crc.update(bytes, from, length);
            passed += length;
            watch.passed(passed, total);
        }
    }
}
