package io.dagshell.store;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A call of a run as the store knows it.
 *
 * @param call which call it is
 * @param status how far it is
 * @param cache what the cache said, once asked
 * @param progress last report
 * @param summary of the result, for people
 * @param failure if it failed for good
 */
public record TaskRunRecord(
        Named call,
        Status status,
        Optional<Cache> cache,
        Optional<Progress> progress,
        Optional<String> summary,
        Optional<Failure> failure) {

    /** The call by ordinal, name and path, and the calls whose results it was given. */
    public record Named(
            int ordinal, TaskName task, Kind kind, CallPath path, OptionalInt parent, List<Integer> upstream) {
        public Named {
            upstream = List.copyOf(upstream);
        }
    }

    /**
     * How far a call is.
     *
     * @param attempt from 1; 0 before the first
     */
    public record Status(
            State state,
            int attempt,
            Optional<String> message,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt) {}

    /** See {@link io.dagshell.engine.event.RunEvent.CacheConsulted}. */
    public record Cache(
            CacheOutcome outcome,
            String reason,
            Optional<String> key,
            Optional<Duration> age,
            Optional<Duration> saved) {}

    /** See {@link io.dagshell.engine.event.RunEvent.Progressed}. */
    public record Progress(long done, OptionalLong total, String unit) {}

    /** See {@link io.dagshell.engine.event.RunEvent.TaskFailed}. */
    public record Failure(String exception, String message, FailureKind kind, String location, String trace) {}
}
