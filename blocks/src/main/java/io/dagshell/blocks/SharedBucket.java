package io.dagshell.blocks;

import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.blocks.cloud.CloudLibraries;
import io.dagshell.blocks.cloud.GoogleAccess;
import io.dagshell.blocks.cloud.ObjectStore;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.cache.SharedPlace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bucket, or what is below a prefix of it, where machines share results. Connects when first asked. Thread-safe. */
public final class SharedBucket implements SharedPlace {
    private static final String OF_BLOCK = "gcs:";

    private final GoogleAccess access;
    private final String bucket;
    private final String prefix;
    private @Nullable ObjectStore store;

    private SharedBucket(GoogleAccess access, String bucket, String prefix) {
        this.access = access;
        this.bucket = bucket;
        this.prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** Whether a place that people name is a bucket. */
    public static boolean isNamed(String place) {
        return place.startsWith("gs://") || place.startsWith(OF_BLOCK);
    }

    /**
     * The bucket of {@code gs://BUCKET/PREFIX} with the environment's own credentials, or of {@code gcs:BLOCK/PREFIX} with
     * those of a block.
     *
     * @throws BlockException there is no such block, or it is no bucket
     */
    public static SharedBucket named(String place, BlockSource blocks) {
        if (!place.startsWith(OF_BLOCK)) {
            URI address = URI.create(place);
            String path = address.getPath() == null ? "" : address.getPath().replaceFirst("^/", "");
            GoogleAccess access = new GoogleAccess(Optional.empty(), Optional.empty(), Optional.empty());
            return new SharedBucket(access, String.valueOf(address.getAuthority()), path);
        }
        String[] parts = place.substring(OF_BLOCK.length()).split("/", 2);
        BlockSettings settings = blocks.find(new BlockName(parts[0]))
                .filter(found -> found.type().equals(GcsBlockType.NAME))
                .orElseThrow(() -> BlockException.user("The shared cache " + place + " names no block of type "
                        + GcsBlockType.NAME + ". Set one with: dagshell block set " + parts[0] + " --type "
                        + GcsBlockType.NAME + " bucket=…"));
        return new SharedBucket(
                GoogleSettings.access(parts[0], settings, blocks),
                settings.fields().getOrDefault(GcsBlockType.BUCKET.name(), ""),
                parts.length == 2 ? parts[1] : "");
    }

    private interface Use<T> {
        T of(ObjectStore store) throws CloudException;
    }

    private <T> T use(Use<T> use) throws IOException {
        try {
            return use.of(open());
        } catch (CloudException refused) {
            throw new IOException("Google Cloud Storage " + refused.getMessage(), refused);
        }
    }

    private synchronized ObjectStore open() throws CloudException {
        ObjectStore known = store;
        if (known == null) {
            known = CloudLibraries.services().bucket(access, bucket);
            store = known;
        }
        return known;
    }

    @Override
    public Optional<InputStream> open(String name) throws IOException {
        return use(bucketStore -> bucketStore.read(prefix + name));
    }

    @Override
    public boolean has(String name) throws IOException {
        return use(bucketStore -> bucketStore.find(prefix + name)).isPresent();
    }

    @Override
    public void put(String name, Path file) throws IOException {
        use(bucketStore -> bucketStore.put(file, prefix + name, (bytes, total) -> {}));
    }

    @Override
    public String toString() {
        return "gs://" + bucket + "/" + prefix;
    }
}
