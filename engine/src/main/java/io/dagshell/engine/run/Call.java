package io.dagshell.engine.run;

import io.dagshell.engine.CallEnd;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import java.time.Instant;

/**
 * The call a thread is working for, as blocks and tables see it. Outside any call (a plain cell that uses a block) run
 * and path are those of the cell: a fresh run id and the empty path. Obtained with {@link Engine#current()}.
 */
public interface Call {

    RunId run();

    /**
     * The run whose effects this call's are: {@link #run}, or the one it resumes if that began this very call and may
     * have done its effects without living to say so.
     */
    RunId effectRun();

    /** Stable across attempts and resumes: with {@link #effectRun} it names an effect exactly once. */
    CallPath path();

    /** From 1. */
    int attempt();

    Cancellation cancellation();

    Progress progress();

    BlockSource blocks();

    /** Due instant of a scheduled run; the start of a manual one. */
    Instant scheduledTime();

    /**
     * Has {@code hook} run when the call ends in that state for good, Failed or Completed; what an attempt registered is
     * forgotten when another follows.
     *
     * @throws IllegalStateException there is no call, only a cell
     */
    void onEnd(State state, CallEnd.Hook hook);

    /** Keeps what {@code value} looks like with the run, under a name; a cell alone keeps nothing. */
    void artifact(String name, String kind, Object value);

    /** Writes a line to the call's log. {@code level} is {@code INFO}, {@code WARN} or {@code ERROR}. */
    void log(String level, String text);

    /** A number unique among the side effects this call asks for, from 1 in order of asking, the same at each attempt. */
    int nextEffect();
}
