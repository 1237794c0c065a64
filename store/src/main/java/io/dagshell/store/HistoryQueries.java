package io.dagshell.store;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads rows as records, each query on a connection of its own. Thread-safe. */
final class HistoryQueries {
    private static final String FIRST_ID = "00000000-0000-0000-0000-000000000000";
    private static final String LAST_ID = FIRST_ID.replace('0', 'f');

    private final Database database;

    HistoryQueries(Database database) {
        this.database = database;
    }

    /** Reads the row the cursor is on. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    List<RunRecord> runs(int limit) {
        return select("select * from runs order by started_at desc, run_id desc limit ?", HistoryQueries::run, limit);
    }

    /** By a range of ids: {@code like} reads all there are. */
    List<RunRecord> startingWith(String prefix, int limit) {
        String plain = prefix.toLowerCase(Locale.ROOT);
        if (!FIRST_ID.startsWith(plain.replaceAll("[0-9a-f]", "0"))) {
            return List.of();
        }
        return select(
                "select * from runs where run_id between ? and ? order by started_at desc, run_id desc limit ?",
                HistoryQueries::run,
                plain + FIRST_ID.substring(plain.length()),
                plain + LAST_ID.substring(plain.length()),
                limit);
    }

    Optional<RunRecord> find(RunId id) {
        return select("select * from runs where run_id = ?", HistoryQueries::run, id.toString()).stream()
                .findFirst();
    }

    Map<Integer, TaskName> names(RunId run, Collection<Integer> ordinals) {
        Map<Integer, TaskName> names = new HashMap<>();
        if (ordinals.isEmpty()) {
            return names;
        }
        List<Object> values = new ArrayList<>(List.of(run.toString()));
        values.addAll(ordinals);
        select(
                        "select ordinal, task from task_runs where run_id = ? and ordinal in (" + marks(ordinals.size())
                                + ")",
                        row -> Map.entry(row.getInt("ordinal"), new TaskName(row.getString("task"))),
                        values.toArray())
                .forEach(each -> names.put(each.getKey(), each.getValue()));
        return names;
    }

    Optional<RunDetail> run(RunId id) {
        return find(id).map(run -> new RunDetail(
                run,
                select(
                        "select * from task_runs where run_id = ? order by ordinal",
                        HistoryQueries::task,
                        id.toString())));
    }

    List<LogRecord> logs(RunId id, int ordinal, int limit) {
        return select(
                "select * from logs where run_id = ? and (? < 0 or ordinal = ?) order by log_id limit ?",
                HistoryQueries::line,
                id.toString(),
                ordinal,
                ordinal,
                limit);
    }

    List<PlacedLog> logs(LogQuery query) {
        List<Object> values =
                new ArrayList<>(List.of(query.run().toString(), query.after(), query.ordinal(), query.ordinal()));
        values.addAll(query.levels());
        values.add(query.limit());
        List<PlacedLog> found = select(
                "select * from logs where run_id = ? and log_id > ? and (? < 0 or ordinal = ?)"
                        + (query.levels().isEmpty()
                                ? ""
                                : " and level in (" + marks(query.levels().size()) + ")")
                        + " order by log_id" + (query.last() ? " desc" : "") + " limit ?",
                row -> new PlacedLog(row.getLong("log_id"), line(row)),
                values.toArray());
        if (query.last()) {
            Collections.reverse(found);
        }
        return found;
    }

    private static LogRecord line(ResultSet row) throws SQLException {
        return new LogRecord(
                row.getInt("ordinal"),
                Micros.instant(row.getLong("at")),
                row.getString("level"),
                row.getString("text"),
                row.getInt("cached") == 1);
    }

    /** A row of the count of a run's tasks. */
    private record Counted(RunId run, State state, int tasks) {}

    Map<RunId, Map<State, Integer>> taskStates(Collection<RunId> runs) {
        Map<RunId, Map<State, Integer>> counts = new HashMap<>();
        if (runs.isEmpty()) {
            return counts;
        }
        select(
                        "select run_id, state, count(*) as tasks from task_runs where kind = 'TASK' and run_id in ("
                                + marks(runs.size()) + ") group by run_id, state",
                        row -> new Counted(RunId.parse(row.getString("run_id")), state(row), row.getInt("tasks")),
                        runs.stream().map(RunId::toString).toArray())
                .forEach(counted -> counts.computeIfAbsent(counted.run(), any -> new EnumMap<>(State.class))
                        .put(counted.state(), counted.tasks()));
        return counts;
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    <T> List<T> select(String sql, Row<T> row, Object... values) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> records = new ArrayList<>();
                while (rows.next()) {
                    records.add(row.read(rows));
                }
                return records;
            }
        } catch (SQLException failure) {
            throw new StoreException(
                    "The runs in " + database.place() + " cannot be read: " + EventWriter.reason(failure), failure);
        }
    }

    private static RunRecord run(ResultSet row) throws SQLException {
        return new RunRecord(
                RunId.parse(row.getString("run_id")),
                new TaskName(row.getString("flow")),
                Kind.valueOf(row.getString("kind")),
                row.getString("title"),
                row.getString("parameters"),
                row.getString("origin"),
                row.getString("source"),
                state(row),
                text(row, "message"),
                Micros.instant(row.getLong("started_at")),
                number(row, "finished_at").map(Micros::instant),
                text(row, "resumes").map(RunId::parse));
    }

    List<AttemptRecord> attempts(RunId id) {
        return select(
                "select * from attempts where run_id = ? order by ordinal, attempt",
                row -> new AttemptRecord(
                        row.getInt("ordinal"),
                        row.getInt("attempt"),
                        state(row),
                        text(row, "message"),
                        number(row, "started_at").map(Micros::instant),
                        number(row, "finished_at").map(Micros::instant)),
                id.toString());
    }

    List<ArtifactRecord> artifacts(RunId id) {
        return select(
                "select * from artifacts where run_id = ? order by at, ordinal, name",
                row -> new ArtifactRecord(
                        row.getInt("ordinal"),
                        row.getString("name"),
                        row.getString("kind"),
                        ArtifactJson.read(row.getString("content"))),
                id.toString());
    }

    Optional<RunRecord> resumedBy(RunId id) {
        return select(
                        "select * from runs where resumes = ? order by started_at desc, run_id desc limit 1",
                        HistoryQueries::run,
                        id.toString())
                .stream()
                .findFirst();
    }

    private static TaskRunRecord task(ResultSet row) throws SQLException {
        return new TaskRunRecord(
                named(row), status(row), cache(row), progress(row), text(row, "summary"), failure(row));
    }

    private static TaskRunRecord.Named named(ResultSet row) throws SQLException {
        Optional<Long> parent = number(row, "parent");
        String upstream = row.getString("upstream");
        return new TaskRunRecord.Named(
                row.getInt("ordinal"),
                new TaskName(row.getString("task")),
                Kind.valueOf(row.getString("kind")),
                new CallPath(row.getString("path")),
                parent.isPresent() ? OptionalInt.of(parent.get().intValue()) : OptionalInt.empty(),
                upstream.isEmpty()
                        ? List.of()
                        : Arrays.stream(upstream.split(",", -1))
                                .map(Integer::valueOf)
                                .toList());
    }

    private static TaskRunRecord.Status status(ResultSet row) throws SQLException {
        return new TaskRunRecord.Status(
                state(row),
                row.getInt("attempt"),
                text(row, "message"),
                Micros.instant(row.getLong("created_at")),
                number(row, "started_at").map(Micros::instant),
                number(row, "finished_at").map(Micros::instant));
    }

    private static Optional<TaskRunRecord.Cache> cache(ResultSet row) throws SQLException {
        Optional<String> outcome = text(row, "cache_outcome");
        if (outcome.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TaskRunRecord.Cache(
                CacheOutcome.valueOf(outcome.get()),
                text(row, "cache_reason").orElse(""),
                text(row, "cache_key"),
                number(row, "cache_age").map(Micros::duration),
                number(row, "cache_saved").map(Micros::duration)));
    }

    private static Optional<TaskRunRecord.Progress> progress(ResultSet row) throws SQLException {
        Optional<Long> done = number(row, "progress_done");
        if (done.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> total = number(row, "progress_total");
        return Optional.of(new TaskRunRecord.Progress(
                done.get(),
                total.isPresent() ? OptionalLong.of(total.get()) : OptionalLong.empty(),
                text(row, "progress_unit").orElse("")));
    }

    private static Optional<TaskRunRecord.Failure> failure(ResultSet row) throws SQLException {
        Optional<String> exception = text(row, "failure_exception");
        if (exception.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TaskRunRecord.Failure(
                exception.get(),
                text(row, "failure_message").orElse(""),
                FailureKind.valueOf(row.getString("failure_kind")),
                text(row, "failure_location").orElse(""),
                text(row, "failure_trace").orElse("")));
    }

    private static State state(ResultSet row) throws SQLException {
        String word = row.getString("state");
        return State.ofWord(word)
                .orElseThrow(
                        () -> new SQLException("unknown state '" + word + "'; was it written by a newer DagShell?"));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
