package io.dagshell.store;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs in a database; in a SQLite file they are shared by all processes of a machine. Opening returns at once; a thread
 * of its own opens the file, creates the tables and writes. If the file cannot be written runs go on, with one warning.
 *
 * <pre>{@code
 * try (RunStore store = RunStore.open(Home.ofEnvironment().database())) {
 *     Engine engine = Engine.builder().definitions(definitions).sink(store).build();
 *     …
 *     store.runs(20).forEach(System.out::println);
 * }
 * }</pre>
 */
public final class RunStore implements RunSink, RunHistory, AutoCloseable {
    private static final long PATIENCE_MILLIS = 15_000;

    private final Database database;
    private final EventWriter writer;
    private final HistoryQueries queries;
    private final ReceivedEvents received;

    private RunStore(Database database, Consumer<String> warnings, long patienceMillis) {
        this.database = database;
        this.writer = new EventWriter(database, warnings, patienceMillis);
        this.queries = new HistoryQueries(database);
        this.received = new ReceivedEvents(database);
    }

    /** The store in {@code file}; warnings go to the log. */
    public static RunStore open(Path file) {
        return open(
                file, warning -> System.getLogger(RunStore.class.getName()).log(System.Logger.Level.WARNING, warning));
    }

    /** The store in {@code file}; {@code warnings} gets at most one sentence, on the store's thread. */
    public static RunStore open(Path file, Consumer<String> warnings) {
        return open(new Database(file), warnings, PATIENCE_MILLIS);
    }

    /** The store in a database, which stays open when the store is closed. */
    public static RunStore open(Database database) {
        return open(
                database,
                warning -> System.getLogger(RunStore.class.getName()).log(System.Logger.Level.WARNING, warning),
                PATIENCE_MILLIS);
    }

    /**
     * The store in {@code file} for a process that may never need it: the first event or question opens the file, and no
     * thread is started before the first event. Warnings go to the log.
     */
    public static RunStore idle(Path file) {
        return idle(
                file, warning -> System.getLogger(RunStore.class.getName()).log(System.Logger.Level.WARNING, warning));
    }

    static RunStore idle(Path file, Consumer<String> warnings) {
        return new RunStore(new Database(file), warnings, PATIENCE_MILLIS);
    }

    static RunStore open(Database database, Consumer<String> warnings, long patienceMillis) {
        RunStore store = new RunStore(database, warnings, patienceMillis);
        store.writer.start();
        return store;
    }

    @Override
    public void accept(RunEvent event) {
        writer.accept(event);
    }

    /**
     * Takes events of a run from elsewhere; they are committed when this returns. What was taken before is passed over.
     *
     * @param first place of the first of them among all events of the run, from 0
     * @return place of the event that is wanted next; if it is before {@code first}, nothing was taken
     * @throws StoreException the database refuses; they may be sent again
     */
    public long receive(RunId run, long first, List<RunEvent> events) {
        return received.receive(run, first, events);
    }

    /** Everything accepted so far is committed when this returns, unless the file cannot be written. */
    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public void upToDate() {
        flush();
        try {
            CrashedRuns.mark(database);
        } catch (SQLException failure) {
            // A file that may only be read still shows its runs.
            System.getLogger(RunStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "crashed runs could not be marked", failure);
        }
    }

    @Override
    public List<ArtifactRecord> artifacts(RunId id) {
        flush();
        return queries.artifacts(id);
    }

    @Override
    public List<AttemptRecord> attempts(RunId id) {
        flush();
        return queries.attempts(id);
    }

    @Override
    public Optional<KeyRecord> key(RunId id, int ordinal) {
        flush();
        return new KeyQueries(queries).of(id, ordinal);
    }

    @Override
    public List<KeyRecord> keys(RunId id, int limit) {
        flush();
        return new KeyQueries(queries).ofRun(id, limit);
    }

    @Override
    public List<KeyRecord> keysBefore(TaskName task, Instant time, int limit) {
        flush();
        return new KeyQueries(queries).before(task, time, limit);
    }

    @Override
    public Optional<RunRecord> resumedBy(RunId id) {
        upToDate();
        return queries.resumedBy(id);
    }

    @Override
    public List<RunRecord> runs(int limit) {
        upToDate();
        return queries.runs(limit);
    }

    @Override
    public Optional<RunDetail> run(RunId id) {
        upToDate();
        return queries.run(id);
    }

    @Override
    public Optional<RunRecord> find(RunId id) {
        upToDate();
        return queries.find(id);
    }

    @Override
    public Map<Integer, TaskName> names(RunId run, Collection<Integer> ordinals) {
        flush();
        return queries.names(run, ordinals);
    }

    @Override
    public List<RunRecord> startingWith(String prefix, int limit) {
        upToDate();
        return queries.startingWith(prefix, limit);
    }

    @Override
    public List<LogRecord> logs(RunId id, int ordinal, int limit) {
        flush();
        return queries.logs(id, ordinal, limit);
    }

    @Override
    public List<PlacedLog> logs(LogQuery query) {
        flush();
        return queries.logs(query);
    }

    @Override
    public Map<RunId, Map<State, Integer>> taskStates(Collection<RunId> runs) {
        flush();
        return queries.taskStates(runs);
    }

    @Override
    public List<RunEvent> events(RunId id) {
        return run(id).map(detail -> RecordedEvents.of(detail, queries.logs(id, -1, Integer.MAX_VALUE)))
                .orElse(List.of());
    }

    @Override
    public void close() {
        writer.close();
    }
}
