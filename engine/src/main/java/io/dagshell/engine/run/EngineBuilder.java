package io.dagshell.engine.run;

import io.dagshell.engine.approval.Approvals;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.cache.RunResults;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.view.View;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts an {@link Engine} together. Used by one thread. */
public final class EngineBuilder {
    private Definitions definitions = Definitions.none();
    private ResultCache cache = (question, cancelled) -> new ResultCache.Answer.NotCached("no cache");
    private RunResults results = RunResults.none();
    private Codecs values = Codecs.none();
    private RunSink sink = RunSink.none();
    private BlockSource blocks = BlockSource.none();
    private Approvals approvals = Approvals.none();
    private Optional<ServedRun> served = Optional.empty();
    private OutputTee tee = OutputTee.none();
    private ContextCarrier carrier = ContextCarrier.none();
    private StopChecks stopChecks = StopChecks.ofSlices();
    private Clock clock = Clock.systemUTC();
    private Pauses pauses = Pauses.real();
    private String origin = "java";
    private Supplier<String> source = () -> "";
    private Optional<Instant> scheduled = Optional.empty();
    private @Nullable Supplier<RunId> runIds;
    private Function<Object, Optional<String>> describe = value -> Optional.empty();
    private UserFrames frames = UserFrames.ofCells();
    private List<View> views = List.of();
    private Map<String, Integer> tagLimits = Map.of();
    private int concurrency = Math.max(2, Runtime.getRuntime().availableProcessors());

    EngineBuilder() {}

    /** Where definitions of cells are found; a program of {@link io.dagshell.engine.Task}s has none. */
    public EngineBuilder definitions(Definitions value) {
        definitions = value;
        return this;
    }

    /** Results by key; by default nothing is kept. */
    public EngineBuilder cache(ResultCache value) {
        cache = value;
        return this;
    }

    /** What finished tasks returned, to resume runs; by default nothing is kept. */
    public EngineBuilder results(RunResults value) {
        results = value;
        return this;
    }

    /** Knows which values tasks could change under others, and copies them; by default none. */
    public EngineBuilder values(Codecs value) {
        values = value;
        return this;
    }

    /** Takes the events of runs; by default nobody does. */
    public EngineBuilder sink(RunSink value) {
        sink = value;
        return this;
    }

    /** Where blocks are found; by default there are none. */
    public EngineBuilder blocks(BlockSource value) {
        blocks = value;
        return this;
    }

    /** Asks people what flows ask with {@code approve(..)}; by default nobody is asked. */
    public EngineBuilder approvals(Approvals value) {
        approvals = value;
        return this;
    }

    /**
     * The run is one that a server has begun: where its flow may be tried again, or waits for an answer, it ends as
     * AwaitingRetry or Paused, and the server goes on with it in another process. By default flows are tried again here.
     */
    public EngineBuilder served(ServedRun value) {
        served = Optional.of(value);
        return this;
    }

    /** Shows the engine what tasks print, for their logs. */
    public EngineBuilder tee(OutputTee value) {
        tee = value;
        return this;
    }

    /** Makes work on the engine's threads count as work of the cell. */
    public EngineBuilder carrier(ContextCarrier value) {
        carrier = value;
        return this;
    }

    /** How code that reacts to no interrupt is stopped; by default that of exported flows is. */
    public EngineBuilder stopChecks(StopChecks value) {
        stopChecks = value;
        return this;
    }

    public EngineBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    EngineBuilder pauses(Pauses value) {
        pauses = value;
        return this;
    }

    /** {@code notebook}, {@code headless}, {@code deployed} or {@code java}, the default. */
    public EngineBuilder origin(String value) {
        origin = value;
        return this;
    }

    /** The notebook, such as {@code etl.ipynb}; empty by default. */
    public EngineBuilder source(String value) {
        return source(() -> value);
    }

    /** Notebook and cell that begin a run, such as {@code etl.ipynb[7]}; asked on the thread that begins it. */
    public EngineBuilder source(Supplier<String> value) {
        source = value;
        return this;
    }

    /** Due instant of the runs; by default the start of each. */
    public EngineBuilder scheduledTime(Instant value) {
        scheduled = Optional.of(value);
        return this;
    }

    /** Ids of runs, for a process that was told the id of its run; by default a new one from the clock. */
    public EngineBuilder runIds(Supplier<RunId> value) {
        runIds = value;
        return this;
    }

    /** Describes results the engine does not know: {@code "1,342,900 rows × 18 columns"}. */
    public EngineBuilder describe(Function<Object, Optional<String>> value) {
        describe = value;
        return this;
    }

    /** How artifacts show values; by default as text. */
    public EngineBuilder views(List<View> value) {
        views = List.copyOf(value);
        return this;
    }

    /** Tells frames of cells; by default by their source file's name, {@code etl.ipynb[7]}. */
    public EngineBuilder frames(UserFrames value) {
        frames = value;
        return this;
    }

    /** Tasks at once in a flow that does not say; by default the number of processors, at least 2. */
    public EngineBuilder defaultConcurrency(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("concurrency must be 1 or more, not " + value);
        }
        concurrency = value;
        return this;
    }

    /** Tasks with a tag at once in all of this engine's flows together; by default there are no such limits. */
    public EngineBuilder tagLimits(Map<String, Integer> value) {
        tagLimits = Map.copyOf(value);
        return this;
    }

    public Engine build() {
        Clock time = clock;
        Supplier<RunId> ids = runIds == null ? () -> RunId.create(time.instant()) : runIds;
        return new Engine(new Settings(
                new Settings.Ports(
                        definitions, cache, results, sink, blocks, tee, carrier, stopChecks, values, approvals),
                new Settings.Beginning(origin, source, scheduled, ids, served),
                new Settings.Time(clock, pauses),
                new Settings.Wording(describe, frames, new Artifacts(views)),
                new Settings.Limits(concurrency, new TagSlots(tagLimits))));
    }
}
