package io.dagshell.blocks;

import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.blocks.cloud.CloudLibraries;
import io.dagshell.blocks.cloud.GoogleAccess;
import io.dagshell.blocks.cloud.ObjectStore;
import io.dagshell.blocks.cloud.StoredObject;
import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.RemoteFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Objects of buckets as files: {@code gs://BUCKET/OBJECT} with the environment's own credentials, and {@code
 * gcs:BLOCK/OBJECT} with a block's. The server named in the environment variable {@value #EMULATOR} is asked in Google's
 * place, as by Google's other clients.
 */
public final class BucketFiles implements RemoteFiles {
    private static final String EMULATOR = "STORAGE_EMULATOR_HOST";
    private static final String OF_BLOCK = "gcs:";
    private static final String OF_BUCKET = "gs://";

    @Override
    public List<String> schemes() {
        return List.of("gs", "gcs");
    }

    @Override
    public RemoteFile at(String address) {
        boolean ofBlock = address.startsWith(OF_BLOCK);
        String[] parts =
                address.substring((ofBlock ? OF_BLOCK : OF_BUCKET).length()).split("/", 2);
        if (parts.length < 2
                || parts[0].isEmpty()
                || parts[1].isEmpty()
                || !(ofBlock || address.startsWith(OF_BUCKET))) {
            throw new IllegalArgumentException("no address of a file: " + address
                    + ": an object is gs://BUCKET/OBJECT, or gcs:BLOCK/OBJECT of a block");
        }
        if (ofBlock) {
            return Blocks.gcs(parts[0]).file(parts[1]);
        }
        Optional<String> emulator = Optional.ofNullable(System.getenv(EMULATOR)).filter(at -> !at.isBlank());
        GoogleAccess access = new GoogleAccess(
                Optional.empty(), Optional.empty(), emulator.map(at -> at.contains("://") ? at : "http://" + at));
        return file(access, parts[0], parts[1]);
    }

    /** An object of a bucket. */
    static RemoteFile file(GoogleAccess access, String bucket, String object) {
        return new RemoteFile() {
            @Override
            public Content open() throws IOException {
                return BucketFiles.open(access, bucket, object);
            }

            @Override
            public void put(Path file) throws IOException {
                BucketFiles.put(access, bucket, object, file);
            }
        };
    }

    /** The bytes as they come; their end is an error if they are not those of the checksum. Closing ends the client. */
    private static Content open(GoogleAccess access, String bucket, String object) throws IOException {
        try {
            ObjectStore store = CloudLibraries.services().bucket(access, bucket);
            try {
                StoredObject known = store.find(object)
                        .orElseThrow(() ->
                                new CloudException(true, "has no object " + object + " in bucket " + bucket, null));
                return new Content(new CheckedObject(store.read(known), known.crc32c(), store::close), known.size());
            } catch (CloudException | RuntimeException refused) {
                store.close();
                throw refused;
            }
        } catch (CloudException refused) {
            throw told(refused);
        }
    }

    private static void put(GoogleAccess access, String bucket, String object, Path file) throws IOException {
        Optional<Call> call = Engine.currentIfBound();
        ObjectStore.Watch watch = (bytes, total) -> call.ifPresent(working -> {
            working.cancellation().check();
            working.progress().report(bytes, total, "bytes");
        });
        try (ObjectStore store = CloudLibraries.services().bucket(access, bucket)) {
            store.put(file, object, watch);
        } catch (CloudException refused) {
            throw told(refused);
        }
    }

    private static IOException told(CloudException refused) {
        return new IOException("Google Cloud Storage " + refused.getMessage(), refused);
    }
}
