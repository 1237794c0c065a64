package io.dagshell.store;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.ApprovalAnswered;
import io.dagshell.engine.event.RunEvent.ApprovalAsked;
import io.dagshell.engine.event.RunEvent.ArtifactRecorded;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as rows. A state that is terminal stays: later events of the call do not change it. An event may come
 * twice; the second changes nothing. Used by one thread.
 */
final class EventProjection {
    private static final String TERMINAL = List.of(State.values()).stream()
            .filter(State::isTerminal)
            .map(state -> "'" + state.word() + "'")
            .collect(Collectors.joining(", "));

    private static final String START_RUN = """
            insert into runs (run_id, flow, kind, title, parameters, origin, source, state, started_at, resumes,
                host, pid, process_started, ordered)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (select count(*) from flow_runs where run_id = ?))
            on conflict (run_id) do update set state = excluded.state, message = null, finished_at = null
                where runs.state in ('Paused', 'AwaitingRetry')""";
    private static final String ASK = """
            insert into approvals (run_id, place, question, ordinal, form, asked_at, expires_at, state)
            values (?, ?, ?, ?, ?, ?, ?, 'WAITING')
            on conflict do nothing""";
    private static final String ANSWER = """
            update approvals set state = ?, answer = ?, reason = ?, answered_by = ?, answered_at = ?
            where run_id = ? and place = ? and question = ? and state = 'WAITING'""";
    private static final String FINISH_RUN = """
            update runs set state = ?, message = ?, finished_at = ?
            where run_id = ? and state not in (%s)""".formatted(TERMINAL);
    private static final String CREATE_TASK = """
            insert into task_runs (run_id, ordinal, task, kind, path, parent, upstream, state, attempt, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
            on conflict do nothing""";
    private static final String CHANGE_TASK = """
            update task_runs set state = ?, attempt = ?, message = ?, started_at = coalesce(started_at, ?), finished_at = ?
            where run_id = ? and ordinal = ? and state not in (%s)""".formatted(TERMINAL);
    private static final String KEEP_ARTIFACT = """
            insert into artifacts (run_id, ordinal, name, kind, at, content) values (?, ?, ?, ?, ?, ?)
            on conflict (run_id, ordinal, name) do update set kind = excluded.kind, at = excluded.at, content = excluded.content""";
    private static final String FAIL_ATTEMPT = """
            insert into attempts (run_id, ordinal, attempt, state, message, finished_at, started_at)
            values (?, ?, ?, ?, ?, ?, (select started_at from task_runs where run_id = ? and ordinal = ?))
            on conflict (run_id, ordinal, attempt) do update set state = excluded.state, message = excluded.message,
                finished_at = excluded.finished_at""";
    private static final String CHANGE_ATTEMPT = """
            insert into attempts (run_id, ordinal, attempt, state, message, started_at, finished_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (run_id, ordinal, attempt) do update set state = excluded.state, message = excluded.message,
                finished_at = excluded.finished_at""";
    private static final String CONSULT = """
            update task_runs set cache_outcome = ?, cache_reason = ?, cache_key = ?, cache_age = ?, cache_saved = ?
            where run_id = ? and ordinal = ?""";
    private static final String PROGRESS = """
            update task_runs set progress_done = ?, progress_total = ?, progress_unit = ?
            where run_id = ? and ordinal = ?""";
    private static final String DESCRIBE = "update task_runs set summary = ? where run_id = ? and ordinal = ?";
    private static final String FAIL = """
            update task_runs set failure_exception = ?, failure_message = ?, failure_kind = ?, failure_location = ?,
                failure_trace = ?
            where run_id = ? and ordinal = ?""";
    private static final String LOG =
            "insert into logs (run_id, ordinal, at, level, text, cached) values (?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final ProcessMark process;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final KeyRows keys = new KeyRows(this::run);

    EventProjection(Connection connection, ProcessMark process) {
        this.connection = connection;
        this.process = process;
    }

    void write(RunEvent event) throws SQLException {
        if (event instanceof LogLine line) {
            run(LOG, line.run(), line.ordinal(), line.at(), line.level(), line.text(), line.cached() ? 1 : 0);
        } else if (event instanceof Progressed progress) {
            run(PROGRESS, progress.done(), progress.total(), progress.unit(), progress.run(), progress.ordinal());
        } else if (event instanceof TaskStateChanged changed) {
            write(changed);
        } else if (event instanceof TaskCreated created) {
            write(created);
        } else if (event instanceof CacheConsulted consulted) {
            write(consulted);
        } else if (event instanceof KeyRecorded keyed) {
            keys.write(keyed);
        } else if (event instanceof ResultDescribed described) {
            run(DESCRIBE, described.summary(), described.run(), described.ordinal());
        } else if (event instanceof ArtifactRecorded artifact) {
            run(
                    KEEP_ARTIFACT,
                    artifact.run(),
                    artifact.ordinal(),
                    artifact.name(),
                    artifact.kind(),
                    artifact.at(),
                    ArtifactJson.write(artifact.content()));
        } else if (event instanceof TaskFailed failed) {
            write(failed);
        } else if (event instanceof RunStarted started) {
            write(started);
        } else if (event instanceof RunFinished finished) {
            Instant end = finished.state().isTerminal() ? finished.at() : null;
            run(FINISH_RUN, finished.state().word(), finished.message(), end, finished.run());
        } else if (event instanceof ApprovalAsked asked) {
            run(
                    ASK,
                    asked.run(),
                    asked.place(),
                    asked.question(),
                    asked.ordinal(),
                    asked.form(),
                    asked.at(),
                    asked.until());
        } else if (event instanceof ApprovalAnswered answered) {
            run(
                    ANSWER,
                    answered.approved() ? "APPROVED" : "REJECTED",
                    answered.values(),
                    answered.reason(),
                    answered.by(),
                    answered.at(),
                    answered.run(),
                    answered.place(),
                    answered.question());
        }
    }

    private void write(RunStarted started) throws SQLException {
        run(
                START_RUN,
                started.run(),
                started.flow(),
                started.kind().name(),
                started.title(),
                started.parametersJson(),
                started.origin(),
                started.source(),
                State.RUNNING.word(),
                started.at(),
                started.resumes(),
                process.host(),
                process.pid(),
                process.started(),
                started.run());
    }

    private void write(TaskCreated created) throws SQLException {
        String upstream = created.upstream().stream().map(String::valueOf).collect(Collectors.joining(","));
        run(
                CREATE_TASK,
                created.run(),
                created.ordinal(),
                created.task(),
                created.kind().name(),
                created.path(),
                created.parent(),
                upstream,
                State.PENDING.word(),
                created.at());
    }

    private void write(TaskStateChanged changed) throws SQLException {
        boolean started = changed.state() == State.RUNNING;
        boolean finished = changed.state().isTerminal();
        run(
                CHANGE_TASK,
                changed.state().word(),
                changed.attempt(),
                changed.message(),
                started ? changed.at() : null,
                finished ? changed.at() : null,
                changed.run(),
                changed.ordinal());
        if (changed.state() == State.AWAITING_RETRY) {
            attemptFailed(changed);
        } else if (changed.attempt() > 1) {
            laterAttempt(changed, started, finished);
        }
    }

    /** A call with one attempt needs no row for it. */
    private void attemptFailed(TaskStateChanged changed) throws SQLException {
        run(
                FAIL_ATTEMPT,
                changed.run(),
                changed.ordinal(),
                changed.attempt(),
                State.FAILED.word(),
                changed.message(),
                changed.at(),
                changed.run(),
                changed.ordinal());
    }

    private void laterAttempt(TaskStateChanged changed, boolean started, boolean finished) throws SQLException {
        run(
                CHANGE_ATTEMPT,
                changed.run(),
                changed.ordinal(),
                changed.attempt(),
                changed.state().word(),
                changed.message(),
                started ? changed.at() : null,
                finished ? changed.at() : null);
    }

    private void write(CacheConsulted consulted) throws SQLException {
        run(
                CONSULT,
                consulted.outcome().name(),
                consulted.reason(),
                consulted.key(),
                consulted.age(),
                consulted.saved(),
                consulted.run(),
                consulted.ordinal());
    }

    private void write(TaskFailed failed) throws SQLException {
        run(
                FAIL,
                failed.exception(),
                failed.message(),
                failed.failure().name(),
                failed.location(),
                failed.trace(),
                failed.run(),
                failed.ordinal());
    }

    private void run(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int index = 0; index < values.length; index++) {
            statement.setObject(index + 1, column(values[index]));
        }
        statement.executeUpdate();
    }

    private static @Nullable Object column(@Nullable Object value) {
        if (value == null || value instanceof Number) {
            return value;
        }
        if (value instanceof Optional<?> optional) {
            return column(optional.orElse(null));
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        if (value instanceof Instant instant) {
            return Micros.of(instant);
        }
        if (value instanceof Duration duration) {
            return Micros.of(duration);
        }
        // PostgreSQL takes no NUL in a text, and a line of log must not stop all others.
        return value.toString().replace('\0', '\uFFFD');
    }
}
