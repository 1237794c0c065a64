package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Figures of runs for those who watch a server from outside. Each is one look at an index over the runs that are not over,
 * or over those that ended between two instants; none grows with the history. Thread-safe.
 */
public final class RunFigures {
    private static final String GOING = """
            select deployment, state, count(*) as runs from flow_runs where phase < 2 group by deployment, state
            order by deployment, state""";

    private static final String LONGEST_WAITING = """
            select queue, min(due) as due from flow_runs where phase = 0 and due <= :now and state not in ('Paused', 'AwaitingRetry')
            group by queue order by queue""";

    private static final String ENDED = """
            select f.deployment, f.state, f.attempt, f.retried, coalesce(p.retried, 0) as retried_before, f.due, f.created_by,
                f.started_at, f.finished_at
            from flow_runs f left join flow_runs p on p.run_id = f.retry_of
            where f.finished_at > :after and f.finished_at <= :until order by f.finished_at""";

    private static final String NAMES = "select name from deployments order by name limit :most";

    private static final String CALLS = """
            select t.state, t.cache_outcome, count(*) as calls,
                sum(case when t.attempt > 1 then t.attempt - 1 else 0 end) as retries
            from flow_runs f join task_runs t on t.run_id = f.run_id
            where f.finished_at > :after and f.finished_at <= :until and t.kind = 'TASK'
            group by t.state, t.cache_outcome""";

    private static final String ALERTS = """
            select state, count(*) as messages from alert_messages where created_at > :after group by state order by state""";

    private final Transactions transactions;

    RunFigures(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Runs that are not over, of one deployment in one state. */
    public record Going(String deployment, String state, long runs) {}

    /** Since when the longest waiting of a queue's runs is due. */
    public record Waiting(String queue, Instant due) {}

    /**
     * A run that is over.
     *
     * @param retries how often it was tried again, and one more if it was made anew for another
     * @param lateness of its start; empty if it was not planned by a schedule, or never started
     * @param took from start to end; empty if it never started
     */
    public record Ended(
            String deployment, String state, int retries, Optional<Duration> lateness, Optional<Duration> took) {}

    /** Calls of tasks in runs that are over. */
    public record Calls(String state, Optional<String> cache, long calls, long retries) {}

    /** Messages of alerts. */
    public record Alerts(String state, long messages) {}

    /** Runs that are not over. */
    public List<Going> going() {
        return transactions.read(handle -> handle.createQuery(GOING)
                .map((row, context) ->
                        new Going(row.getString("deployment"), row.getString("state"), row.getLong("runs")))
                .list());
    }

    /** For each queue with runs that are due and wait. */
    public List<Waiting> waiting(Instant now) {
        return transactions.read(handle -> handle.createQuery(LONGEST_WAITING)
                .bind("now", Micros.of(now))
                .map((row, context) -> new Waiting(row.getString("queue"), Micros.instant(row.getLong("due"))))
                .list());
    }

    /** Runs that ended after one instant and up to another. */
    public List<Ended> ended(Instant after, Instant until) {
        return transactions.read(handle -> between(handle, ENDED, after, until)
                .map((row, context) -> ended(row))
                .list());
    }

    /** Names of deployments, in their order. */
    public List<String> deployments(int most) {
        return transactions.read(handle ->
                handle.createQuery(NAMES).bind("most", most).mapTo(String.class).list());
    }

    /** Calls of tasks in runs that ended after one instant and up to another. */
    public List<Calls> calls(Instant after, Instant until) {
        return transactions.read(handle -> between(handle, CALLS, after, until)
                .map((row, context) -> new Calls(
                        row.getString("state"),
                        Columns.text(row, "cache_outcome"),
                        row.getLong("calls"),
                        row.getLong("retries")))
                .list());
    }

    /** Messages of alerts made since then, by how far they are. */
    public List<Alerts> alerts(Instant after) {
        return transactions.read(handle -> handle.createQuery(ALERTS)
                .bind("after", Micros.of(after))
                .map((row, context) -> new Alerts(row.getString("state"), row.getLong("messages")))
                .list());
    }

    private static org.jdbi.v3.core.statement.Query between(Handle handle, String sql, Instant after, Instant until) {
        return handle.createQuery(sql).bind("after", Micros.of(after)).bind("until", Micros.of(until));
    }

    private static Ended ended(ResultSet row) throws SQLException {
        Optional<Instant> started = Columns.instant(row, "started_at");
        Optional<Instant> finished = Columns.instant(row, "finished_at");
        Instant due = Micros.instant(row.getLong("due"));
        boolean planned = row.getString("created_by").equals("schedule");
        return new Ended(
                row.getString("deployment"),
                row.getString("state"),
                retries(row),
                started.filter(at -> planned).map(at -> positive(Duration.between(due, at))),
                started.flatMap(from -> finished.map(to -> positive(Duration.between(from, to)))));
    }

    /** A run that is made anew for a crashed one goes on counting where that one was. */
    private static int retries(ResultSet row) throws SQLException {
        int retried = row.getInt("retried");
        return row.getInt("attempt") == 1 ? retried : Math.max(1, retried - row.getInt("retried_before"));
    }

    /** The clocks of two machines may differ. */
    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
