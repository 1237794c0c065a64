package io.dagshell.runner;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.cache.CacheMode;
import io.dagshell.engine.cache.CacheSettings;
import io.dagshell.engine.cache.FacadeVersion;
import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.cache.FileRunResults;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.cache.RunResults;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.TagLimits;
import io.dagshell.engine.value.Codecs;
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
 * @param kept all cached results
 * @param cache results by key, as runs use them
 * @param results of finished tasks, to resume runs
 * @param blocks settings of outside things by name
 * @param runs the database of run records
 * @param records takes the events of runs
 * @param tagLimits how many tasks with a tag may run at once in this process
 */
public record LocalState(
        FileResultCache kept,
        ResultCache cache,
        RunResults results,
        BlockSource blocks,
        RunStore runs,
        RunSink records,
        Map<String, Integer> tagLimits)
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
        RunStore runs = RunStore.open(home.database());
        return open(home, bindings, environment, runs, runs);
    }

    /** The same for a process that may run no flow: the database of run records is opened when a flow or a question needs it. */
    public static LocalState onDemand(Home home, BlockSource bindings, Map<String, String> environment)
            throws IOException {
        RunStore runs = RunStore.idle(home.database());
        return open(home, bindings, environment, runs, runs);
    }

    /** The same for a process that tells its events to another and leaves the database of run records alone. */
    static LocalState telling(RunSink records, Home home, BlockSource bindings, Map<String, String> environment)
            throws IOException {
        return open(home, bindings, environment, RunStore.idle(home.database()), records);
    }

    /** Closes {@code runs} if anything of the rest cannot be opened: its thread writes on otherwise. */
    private static LocalState open(
            Home home, BlockSource bindings, Map<String, String> environment, RunStore runs, RunSink records)
            throws IOException {
        try {
            return around(home, bindings, environment, runs, records);
        } catch (IOException | RuntimeException refused) {
            runs.close();
            throw refused;
        }
    }

    private static LocalState around(
            Home home, BlockSource bindings, Map<String, String> environment, RunStore runs, RunSink records)
            throws IOException {
        Files.createDirectories(home.data());
        Map<String, Integer> tagLimits = tagLimits(environment);
        BlockSource blocks = bindings.orElse(EnvironmentBlocks.of(environment)).orElse(LocalBlocks.open(home.blocks()));
        Codecs codecs = StandardCodecs.with(new TableCodec());
        CacheSettings local = CacheSettings.defaults().withBlocks(blocks).withFacades(FACADES);
        CacheSettings settings =
                SharedCache.of(environment, home, blocks).map(local::withShared).orElse(local);
        FileResultCache kept = FileResultCache.open(home.results(), codecs, Clock.systemUTC(), settings);
        RunResults results = FileRunResults.open(home.results().resolve("runs"), codecs, settings);
        return new LocalState(kept, mode(environment).over(kept), results, blocks, runs, records, tagLimits);
    }

    private static CacheMode mode(Map<String, String> environment) {
        try {
            return CacheMode.of(environment);
        } catch (IllegalArgumentException wrong) {
            throw new BadInput(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** The same, with the cache used in another way. */
    public LocalState withCache(ResultCache other) {
        return new LocalState(kept, other, results, blocks, runs, records, tagLimits);
    }

    private static Map<String, Integer> tagLimits(Map<String, String> environment) {
        try {
            return TagLimits.of(environment);
        } catch (IllegalArgumentException wrong) {
            throw new BadInput(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    @Override
    public void close() {
        runs.close();
    }
}
