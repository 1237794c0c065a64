package io.dagshell.engine.run;

import io.dagshell.engine.approval.Approvals;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.cache.RunResults;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.value.Codecs;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** What an engine was built with. */
record Settings(Ports ports, Beginning beginning, Time time, Wording wording, Limits limits) {

    /** What the engine talks to. */
    record Ports(
            Definitions definitions,
            ResultCache cache,
            RunResults results,
            RunSink sink,
            BlockSource blocks,
            OutputTee tee,
            ContextCarrier carrier,
            StopChecks stopChecks,
            Codecs values,
            Approvals approvals) {}

    /** What is written down when a run begins. */
    record Beginning(
            String origin,
            Supplier<String> source,
            Optional<Instant> scheduled,
            Supplier<RunId> runIds,
            Optional<ServedRun> served) {}

    /** How time passes. */
    record Time(Clock clock, Pauses pauses) {}

    /** How many tasks at once: in a flow that does not say, and by tag in all flows. */
    record Limits(int concurrency, TagSlots tagged) {
        Slots slots(OptionalInt own) {
            return Slots.of(own.orElse(concurrency), tagged);
        }
    }

    /** How values and stack frames are put for people. */
    record Wording(Function<Object, Optional<String>> describe, UserFrames frames, Artifacts artifacts) {}
}
