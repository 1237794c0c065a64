package io.dagshell.engine.event;

import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Something that happened in a run. A run's events tell its whole story: replaying them gives the run page. Times are
 * instants of the process's clock.
 */
public sealed interface RunEvent {
    RunId run();

    Instant at();

    /**
     * A run began: the outermost call of a flow, or of a task called directly from a cell.
     *
     * @param title human name of the flow
     * @param parametersJson canonical JSON object of the arguments that have a JSON form
     * @param origin {@code notebook}, {@code headless}, {@code deployed}, {@code java}
     * @param source notebook file name and cell, such as {@code etl.ipynb[7]}, or empty
     * @param resumes the run whose finished tasks are not repeated in this one
     */
    record RunStarted(
            RunId run,
            Instant at,
            TaskName flow,
            Kind kind,
            String title,
            String parametersJson,
            String origin,
            String source,
            Optional<RunId> resumes)
            implements RunEvent {

        /** A run that resumes none. */
        public RunStarted(
                RunId run,
                Instant at,
                TaskName flow,
                Kind kind,
                String title,
                String parametersJson,
                String origin,
                String source) {
            this(run, at, flow, kind, title, parametersJson, origin, source, Optional.empty());
        }
    }

    /**
     * A call within the run was made; it is Pending.
     *
     * @param ordinal from 0 in order of creation; 0 is the root call
     * @param parent ordinal of the calling flow, empty for the root
     * @param upstream ordinals whose results are among the arguments
     */
    record TaskCreated(
            RunId run,
            Instant at,
            int ordinal,
            TaskName task,
            Kind kind,
            CallPath path,
            OptionalInt parent,
            List<Integer> upstream)
            implements RunEvent {
        public TaskCreated {
            upstream = List.copyOf(upstream);
        }
    }

    /**
     * A call changed state.
     *
     * @param attempt from 1
     * @param message one line for people: why it failed, when it retries
     */
    record TaskStateChanged(RunId run, Instant at, int ordinal, State state, int attempt, Optional<String> message)
            implements RunEvent {}

    /**
     * What the cache said about a call, before its final state.
     *
     * @param outcome hit, miss, refreshed, not cached, or finished already in the run that is resumed
     * @param reason in few words: {@code "helper datasetUri changed"}, {@code "stream"}, {@code "not asked for"}
     * @param key hexadecimal key, when there is one
     * @param age age of the entry on a hit
     * @param saved time the entry took to compute
     */
    record CacheConsulted(
            RunId run,
            Instant at,
            int ordinal,
            CacheOutcome outcome,
            String reason,
            Optional<String> key,
            Optional<Duration> age,
            Optional<Duration> saved)
            implements RunEvent {}

    /**
     * What the key of a call is made of, told before {@link CacheConsulted}; calls without a key tell nothing.
     *
     * @param parts in the order of the key
     */
    record KeyRecorded(RunId run, Instant at, int ordinal, TaskName task, List<KeyPart> parts) implements RunEvent {
        public KeyRecorded {
            parts = List.copyOf(parts);
        }
    }

    enum CacheOutcome {
        HIT,
        MISS,
        REFRESHED,
        NOT_CACHED,
        RESUMED
    }

    /**
     * A line of log or output. Engine lines and user lines both.
     *
     * @param ordinal the call that wrote it
     * @param level {@code DEBUG INFO WARN ERROR}, or {@code STDOUT STDERR} for printed lines
     * @param cached replayed from a cached entry
     */
    record LogLine(RunId run, Instant at, int ordinal, String level, String text, boolean cached) implements RunEvent {}

    /** Progress of a call; {@code total} is empty when unknown. Unit is a plural noun such as {@code rows} or {@code bytes}. */
    record Progressed(RunId run, Instant at, int ordinal, long done, OptionalLong total, String unit)
            implements RunEvent {}

    /**
     * A call showed something that stays with the run; of one name in a call the latest counts.
     *
     * @param kind {@code value}, {@code markdown}, {@code link} or {@code image}
     */
    record ArtifactRecorded(RunId run, Instant at, int ordinal, String name, String kind, MimeBundle content)
            implements RunEvent {}

    /** What a call returned, for people: {@code "1,342,900 rows × 18 columns"}. */
    record ResultDescribed(RunId run, Instant at, int ordinal, String summary) implements RunEvent {}

    /**
     * A call failed for good (retries spent).
     *
     * @param exception class name of the user's exception
     * @param failure who is to blame
     * @param location the first user frame, {@code etl.ipynb[7]:6}, or empty
     * @param trace user frames and causes, engine frames left out
     */
    record TaskFailed(
            RunId run,
            Instant at,
            int ordinal,
            String exception,
            String message,
            FailureKind failure,
            String location,
            String trace)
            implements RunEvent {}

    /**
     * A flow asked a person, who has not answered yet.
     *
     * @param ordinal the flow's call
     * @param place names the question in its run: {@code etl/1.approve/1}
     * @param form fields of the answer, as {@link io.dagshell.engine.approval.ApprovalForm#toJson} writes them
     * @param until when it counts as rejected
     */
    record ApprovalAsked(
            RunId run, Instant at, int ordinal, CallPath place, String question, String form, Optional<Instant> until)
            implements RunEvent {}

    /**
     * A person answered where the run goes on: in a notebook or at a terminal.
     *
     * @param values canonical JSON of the fields
     * @param by who
     * @param reason why it was rejected
     */
    record ApprovalAnswered(
            RunId run,
            Instant at,
            int ordinal,
            CallPath place,
            String question,
            boolean approved,
            String values,
            String by,
            String reason)
            implements RunEvent {}

    /**
     * The process of the run has ended it, in a terminal state; or in AwaitingRetry or Paused, when a server goes on with
     * it in another process.
     */
    record RunFinished(RunId run, Instant at, State state, Optional<String> message) implements RunEvent {}
}
