package io.dagshell.engine.run;

import io.dagshell.engine.CallEnd;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A plain cell, outside any call. Its log has no reader and is dropped; its prints appear in the cell. Thread-safe. */
final class CellFrame implements Frame {
    private final Settings settings;
    private final Cancellation cancellation;
    private final Instant startedAt;
    private final AtomicInteger effects = new AtomicInteger();
    private @Nullable RunId run;

    CellFrame(Settings settings, Cancellation cancellation) {
        this.settings = settings;
        this.cancellation = cancellation;
        this.startedAt = settings.time().clock().instant();
    }

    @Override
    public @Nullable LiveCall call() {
        return null;
    }

    @Override
    public synchronized RunId run() {
        if (run == null) {
            run = RunId.create(startedAt);
        }
        return run;
    }

    @Override
    public RunId effectRun() {
        return run();
    }

    @Override
    public CallPath path() {
        return CallPath.root();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public Progress progress() {
        return Progress.none();
    }

    @Override
    public BlockSource blocks() {
        return settings.ports().blocks();
    }

    @Override
    public Instant scheduledTime() {
        return settings.beginning().scheduled().orElse(startedAt);
    }

    @Override
    public void onEnd(State state, CallEnd.Hook hook) {
        throw new IllegalStateException("onFailure and onCompletion belong into a task or flow, not into a plain cell");
    }

    @Override
    public void artifact(String name, String kind, Object value) {}

    @Override
    public void log(String level, String text) {
        System.err.println(level + " " + text); // a cell has no log but what it prints
    }

    @Override
    public int nextEffect() {
        return effects.incrementAndGet();
    }
}
