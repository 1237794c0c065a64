package io.dagshell.runner;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.cache.CacheSettings;
import io.dagshell.engine.cache.FacadeVersion;
import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.value.StandardCodecs;
import io.dagshell.store.EnvironmentBlocks;
import io.dagshell.store.LocalBlocks;
import io.dagshell.store.RunStore;
import io.dagshell.tables.TableCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What all runs on this machine share: results, run records and blocks. The notebook opens it too, so that a value has
 * one key wherever it is computed.
 *
 * @param cache results by key
 * @param records takes the events of runs
 * @param blocks settings of outside things by name
 * @param store the open database behind the records
 */
public record LocalState(ResultCache cache, RunSink records, BlockSource blocks, AutoCloseable store)
        implements AutoCloseable {

    /** Raised when the same call of a facade may give another result: results of the older one are not used then. */
    private static final List<FacadeVersion> FACADES =
            List.of(new FacadeVersion("Tables", "1"), new FacadeVersion("Blocks", "1"));

    /**
     * Opens the state below {@code home}, which need not exist.
     *
     * @param bindings blocks the run was started with, asked before the environment and the local file
     * @throws IOException the folder cannot be written
     */
    public static LocalState open(Home home, BlockSource bindings, Map<String, String> environment) throws IOException {
        Files.createDirectories(home.data());
        BlockSource blocks = bindings.orElse(EnvironmentBlocks.of(environment)).orElse(LocalBlocks.open(home.blocks()));
        ResultCache cache = FileResultCache.open(
                home.results(),
                StandardCodecs.with(new TableCodec()),
                Clock.systemUTC(),
                CacheSettings.defaults().withBlocks(blocks).withFacades(FACADES));
        RunStore records = RunStore.open(home.database());
        return new LocalState(cache, records, blocks, records);
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (Exception failure) {
            throw new IllegalStateException("the run records could not be closed", failure);
        }
    }
}
