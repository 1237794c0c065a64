package io.dagshell.blocks;

import io.dagshell.blocks.cloud.CloudLibraries;
import io.dagshell.blocks.cloud.GoogleAccess;
import io.dagshell.blocks.cloud.Warehouse;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.block.BlockType;
import java.util.List;
import java.util.Optional;

/** Tables of Google BigQuery. */
public final class BigQueryBlockType implements BlockType {
    static final String NAME = "bigquery";
    static final Field DATASET =
            new Field("dataset", "where a table without a data set in its name is looked for", true, false);
    static final Field LOCATION = new Field("location", "of the data sets, such as EU; empty: US", false, false);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Field> fields() {
        return List.of(DATASET, GoogleSettings.CREDENTIALS, GoogleSettings.PROJECT, LOCATION, GoogleSettings.ENDPOINT);
    }

    @Override
    public List<String> check(BlockSettings settings) {
        return GoogleSettings.check(settings, fields());
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
        String dataset = settings.fields().getOrDefault(DATASET.name(), "");
        String location = settings.fields().getOrDefault(LOCATION.name(), "");
        return GoogleSettings.tried("BigQuery", () -> {
            GoogleAccess access = GoogleSettings.access("test", settings, others);
            try (Warehouse warehouse = CloudLibraries.services().warehouse(access, location)) {
                return "The data set " + dataset + " is there: " + warehouse.place(dataset) + ".";
            }
        });
    }
}
