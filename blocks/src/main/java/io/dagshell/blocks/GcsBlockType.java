package io.dagshell.blocks;

import io.dagshell.blocks.cloud.CloudLibraries;
import io.dagshell.blocks.cloud.GoogleAccess;
import io.dagshell.blocks.cloud.ObjectStore;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.block.BlockType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bucket of Google Cloud Storage. */
public final class GcsBlockType implements BlockType {
    static final String NAME = "gcs";
    static final Field BUCKET = new Field("bucket", "name of the bucket", true, false);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Field> fields() {
        return List.of(BUCKET, GoogleSettings.CREDENTIALS, GoogleSettings.PROJECT, GoogleSettings.ENDPOINT);
    }

    @Override
    public List<String> check(BlockSettings settings) {
        List<String> wrong = new ArrayList<>(GoogleSettings.check(settings, fields()));
        GoogleSettings.text(settings, BUCKET.name())
                .filter(bucket -> bucket.contains("/") || bucket.contains(":"))
                .ifPresent(bucket -> wrong.add("the setting 'bucket' is a name alone, not '" + bucket + "'"));
        return wrong;
    }

    @Override
    public Optional<BlockName> uses(BlockSettings settings) {
        return GoogleSettings.credentials(settings);
    }

    @Override
    public TestResult test(BlockSettings settings) {
        return test(settings, BlockSource.none());
    }

    @Override
    public TestResult test(BlockSettings settings, BlockSource others) {
        String bucket = settings.fields().getOrDefault(BUCKET.name(), "");
        return GoogleSettings.tried("Google Cloud Storage", () -> {
            GoogleAccess access = GoogleSettings.access("test", settings, others);
            try (ObjectStore store = CloudLibraries.services().bucket(access, bucket)) {
                return "The bucket " + bucket + " is there, in " + store.location() + ".";
            }
        });
    }
}
