package io.dagshell.store;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Port: what is known of runs, whoever made them. Thread-safe. Methods throw {@link StoreException}. */
public interface RunHistory {

    /**
     * What was accepted is there, and runs whose process is gone are Crashed: before runs are listed past this port.
     * The questions below do so themselves.
     */
    void upToDate();

    /** The latest runs, newest first. */
    List<RunRecord> runs(int limit);

    /** One run with its calls. */
    Optional<RunDetail> run(RunId id);

    /** Runs whose id begins with {@code prefix}, newest first: what {@code %runs 0193} may mean. */
    List<RunRecord> startingWith(String prefix, int limit);

    /** Lines of a run in the order they were written, those of one call if {@code ordinal} is not negative. */
    List<LogRecord> logs(RunId id, int ordinal, int limit);

    /** Attempts of those calls of a run that had more than one, in order. */
    List<AttemptRecord> attempts(RunId id);

    /** What the calls of a run showed, oldest first. */
    List<ArtifactRecord> artifacts(RunId id);

    /** What the cache key of one call was made of; empty if it had none. */
    Optional<KeyRecord> key(RunId id, int ordinal);

    /** What the cache keys of a run's calls were made of, first call first; at most {@code limit} calls. */
    List<KeyRecord> keys(RunId id, int limit);

    /** Keys of the calls of a task that were made before, latest first. */
    List<KeyRecord> keysBefore(TaskName task, Instant time, int limit);

    /** The latest run that resumes this one. */
    Optional<RunRecord> resumedBy(RunId id);

    /** Events that tell the run as it is known now, in order, for displays that read events; empty for an unknown run. */
    List<RunEvent> events(RunId id);

    /** Lines in the order they were written, with their places, so that the next question can go on behind the last. */
    List<PlacedLog> logs(LogQuery query);

    /** How many tasks of each run are in which state; calls of flows are not counted. */
    Map<RunId, Map<State, Integer>> taskStates(Collection<RunId> runs);

    /** One run without its calls. */
    Optional<RunRecord> find(RunId id);

    /** Names of these calls of a run. */
    Map<Integer, TaskName> names(RunId run, Collection<Integer> ordinals);
}
