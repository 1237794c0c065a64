package io.dagshell.blocks;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.run.Engine;

/** Blocks by name, for code in cells: {@code postgres("postgres-connector")}. Names resolve in the run of the calling thread. */
public final class Blocks {
    /** Part of every key: raised when the same call may give another result. */
    public static final String VERSION = "1";

    private Blocks() {}

    /** A PostgreSQL database. Nothing connects until it is used. */
    public static PostgresBlock postgres(String name) {
        return new PostgresBlock(name, PostgresSettings.of(name, settings(name, PostgresBlockType.NAME)));
    }

    /** A bucket of Google Cloud Storage. Nothing connects until it is used. */
    public static GcsBlock gcs(String name) {
        BlockSettings settings = settings(name, GcsBlockType.NAME);
        return new GcsBlock(
                name,
                settings.fields().getOrDefault(GcsBlockType.BUCKET.name(), ""),
                GoogleSettings.access(name, settings, Engine.current().blocks()));
    }

    /** Tables of Google BigQuery. Nothing connects until it is used. */
    public static BigQueryBlock bigquery(String name) {
        BlockSettings settings = settings(name, BigQueryBlockType.NAME);
        return new BigQueryBlock(
                name,
                settings.fields().getOrDefault(BigQueryBlockType.DATASET.name(), ""),
                settings.fields().getOrDefault(BigQueryBlockType.LOCATION.name(), ""),
                GoogleSettings.access(name, settings, Engine.current().blocks()),
                "");
    }

    /** The value of a secret. */
    public static String secret(String name) {
        String value = settings(name, SecretBlockType.NAME).fields().get("value");
        if (value == null) {
            throw BlockException.user("The secret '" + name + "' has no value; set it with: dagshell block set " + name
                    + " --type secret value=…");
        }
        return value;
    }

    private static BlockSettings settings(String name, String type) {
        BlockName block = new BlockName(name);
        BlockSource all = Engine.current().blocks();
        BlockSettings settings = all.find(block)
                .orElseThrow(
                        () -> BlockException.user("There is no block '" + name + "'. " + all.howToMake(block, type)));
        if (!settings.type().equals(type)) {
            throw BlockException.user("The block '" + name + "' is of type " + settings.type() + ", not " + type + ".");
        }
        return settings;
    }
}
