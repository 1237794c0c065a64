package io.dagshell.engine.run;

import io.dagshell.engine.CallEnd;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** One attempt of a call, as the code in it sees it. Thread-safe. */
final class Attempt implements Frame {
    private final LiveCall call;
    private final int number;
    private final CallCancellation cancellation;
    private final ThinnedProgress progress;
    private final AtomicInteger effects = new AtomicInteger();

    Attempt(LiveCall call, int number, CallCancellation cancellation) {
        this.call = call;
        this.number = number;
        this.cancellation = cancellation;
        this.progress = new ThinnedProgress(call.run().settings().time().clock(), call.record()::progressed);
    }

    @Override
    public LiveCall call() {
        return call;
    }

    @Override
    public RunId run() {
        return call.run().id();
    }

    @Override
    public RunId effectRun() {
        return call.effectRun();
    }

    @Override
    public CallPath path() {
        return call.path();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public CallCancellation cancellation() {
        return cancellation;
    }

    @Override
    public ThinnedProgress progress() {
        return progress;
    }

    @Override
    public BlockSource blocks() {
        return call.run().settings().ports().blocks();
    }

    @Override
    public Instant scheduledTime() {
        return call.run().scheduledTime();
    }

    @Override
    public void onEnd(State state, CallEnd.Hook hook) {
        call.onEnd(state, hook);
    }

    @Override
    public void artifact(String name, String kind, Object value) {
        call.record().artifact(name, kind, value);
    }

    @Override
    public void log(String level, String text) {
        call.says(level, text);
    }

    @Override
    public int nextEffect() {
        return effects.incrementAndGet();
    }
}
