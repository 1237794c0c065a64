package io.dagshell.runner;

import io.dagshell.engine.cache.Refresh;
import io.dagshell.engine.event.RunSink;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;

/**
 * How a deployed flow is run.
 *
 * @param state where records, results and blocks are
 * @param display shows the run as it goes; the record is written in any case
 * @param streams what the flow prints to
 * @param refresh tasks to compute anew
 * @param verify compute what is cached once more and compare
 * @param origin {@code deployed}, or {@code headless} for a flow run straight from its notebook
 * @param resumes the run to resume: its id, or how that begins
 * @param due what {@code scheduledTime()} says; otherwise when the run starts
 * @param order the run as an agent ordered it, with its parameters
 */
public record RunnerSettings(
        LocalState state,
        RunSink display,
        RunStreams streams,
        Refresh refresh,
        boolean verify,
        String origin,
        Optional<String> resumes,
        Optional<Instant> due,
        Optional<RunOrder> order) {

    /** A run that tells itself on {@code streams}' output. */
    public static RunnerSettings telling(LocalState state, RunStreams streams) {
        return new RunnerSettings(
                state,
                new ConsoleSink(streams.out()),
                streams,
                Refresh.none(),
                false,
                "deployed",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public RunnerSettings withRefresh(Refresh value) {
        return new RunnerSettings(state, display, streams, value, verify, origin, resumes, due, order);
    }

    public RunnerSettings withVerify(boolean value) {
        return new RunnerSettings(state, display, streams, refresh, value, origin, resumes, due, order);
    }

    public RunnerSettings withOrigin(String value) {
        return new RunnerSettings(state, display, streams, refresh, verify, value, resumes, due, order);
    }

    public RunnerSettings withDisplay(RunSink value) {
        return new RunnerSettings(state, value, streams, refresh, verify, origin, resumes, due, order);
    }

    public RunnerSettings withResumes(Optional<String> run) {
        return new RunnerSettings(state, display, streams, refresh, verify, origin, run, due, order);
    }

    public RunnerSettings withDue(Optional<Instant> value) {
        return new RunnerSettings(state, display, streams, refresh, verify, origin, resumes, value, order);
    }

    RunnerSettings withOrder(RunOrder value) {
        return new RunnerSettings(
                state,
                display,
                streams,
                value.from().map(task -> Refresh.of(task.value(), true)).orElse(refresh),
                verify,
                origin,
                resumes,
                Optional.of(value.due()),
                Optional.of(value));
    }

    /** Where sentences about a failure go. */
    PrintStream err() {
        return streams.err();
    }
}
