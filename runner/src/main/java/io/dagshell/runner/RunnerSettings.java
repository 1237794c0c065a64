package io.dagshell.runner;

import io.dagshell.engine.event.RunSink;
import java.io.PrintStream;

/**
 * How a deployed flow is run.
 *
 * @param state where records, results and blocks are
 * @param display shows the run as it goes; the record is written in any case
 * @param streams what the flow prints to
 * @param refresh compute every task anew
 * @param origin {@code deployed}, or {@code headless} for a flow run straight from its notebook
 */
public record RunnerSettings(LocalState state, RunSink display, RunStreams streams, boolean refresh, String origin) {

    /** A run that tells itself on {@code streams}' output. */
    public static RunnerSettings telling(LocalState state, RunStreams streams) {
        return new RunnerSettings(state, new ConsoleSink(streams.out()), streams, false, "deployed");
    }

    public RunnerSettings withRefresh(boolean value) {
        return new RunnerSettings(state, display, streams, value, origin);
    }

    public RunnerSettings withOrigin(String value) {
        return new RunnerSettings(state, display, streams, refresh, value);
    }

    public RunnerSettings withDisplay(RunSink value) {
        return new RunnerSettings(state, value, streams, refresh, origin);
    }

    /** Where sentences about a failure go. */
    PrintStream err() {
        return streams.err();
    }
}
