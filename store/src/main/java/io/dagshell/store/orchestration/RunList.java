package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Lists runs page by page, and counts them for bars. Thread-safe. */
public final class RunList {
    /** Runs looked through for a text before the page is given up short. */
    private static final int MOST_SEARCHED = 20_000;

    private static final int SEARCH_STEP = 1_000;

    private static final String PLANNED = """
            select run_id, flow, deployment, state, due as at, started_at, finished_at, parameters, reason as message,
                created_by as made_by
            from flow_runs where %s order by due desc, run_id desc limit :limit""";
    private static final String UNPLANNED = """
            select run_id, flow, null as deployment, state, started_at as at, started_at, finished_at, parameters,
                message, origin as made_by
            from runs where ordered = 0 and %s order by started_at desc, run_id desc limit :limit""";
    private static final String BARS = """
            select (%1$s - :from) / :width as bucket, state, count(*) as runs
            from %2$s where %3$s group by bucket, state""";

    private final Transactions transactions;

    RunList(Transactions transactions) {
        this.transactions = transactions;
    }

    /** One page. */
    public RunPage page(RunQuery query) {
        return query.text().filter(text -> !text.isBlank()).isPresent() ? search(query) : plain(query);
    }

    private RunPage plain(RunQuery query) {
        List<ListedRun> found = transactions.read(handle -> list(handle, query));
        boolean full = found.size() == query.limit();
        return new RunPage(found, full ? Optional.of(found.get(found.size() - 1).place()) : Optional.empty());
    }

    /** No index finds a text within others: it is looked for in so many runs at a time. */
    private RunPage search(RunQuery query) {
        String text = query.text().orElse("").strip().toLowerCase(Locale.ROOT);
        List<ListedRun> found = new ArrayList<>();
        Optional<RunQuery.Place> place = query.after();
        for (int searched = 0; searched < MOST_SEARCHED; searched += SEARCH_STEP) {
            RunPage page = plain(query.plain(place, SEARCH_STEP));
            for (ListedRun run : page.runs()) {
                if (run.says(text)) {
                    found.add(run);
                    if (found.size() == query.limit()) {
                        return new RunPage(found, Optional.of(run.place()));
                    }
                }
            }
            place = page.next();
            if (place.isEmpty()) {
                break;
            }
        }
        return new RunPage(found, place);
    }

    private static List<ListedRun> list(Handle handle, RunQuery query) {
        List<String> parts = new ArrayList<>();
        for (String state : states(query)) {
            parts.add(PLANNED.formatted(conditions("due", query) + state));
            if (query.deployment().isEmpty()) {
                parts.add(UNPLANNED.formatted(conditions("started_at", query) + state));
            }
        }
        // Each part reads no more rows than the page has, by its own index.
        String all = String.join(
                "\nunion all\n",
                parts.stream()
                        .map(part -> "select * from (" + part + ") as part")
                        .toList());
        return bind(
                        handle.createQuery(
                                "select * from (" + all + ") as parts order by at desc, run_id desc limit :limit"),
                        query)
                .bind("limit", query.limit())
                .map((row, context) -> read(row))
                .list();
    }

    /** One part for each state, since an index has the runs of one state in order, and not of several. */
    private static List<String> states(RunQuery query) {
        return query.states().isEmpty()
                ? List.of("")
                : query.states().stream()
                        .sorted()
                        .map(state -> " and state = '" + state.word() + "'")
                        .toList();
    }

    private static String conditions(String time, RunQuery query) {
        List<String> all = new ArrayList<>();
        all.add(time + " >= :from and " + time + " < :to");
        query.after().ifPresent(place -> all.add("(" + time + ", run_id) < (:at, :id)"));
        query.flow().ifPresent(flow -> all.add("flow = :flow"));
        query.deployment().ifPresent(name -> all.add("deployment = :deployment"));
        return String.join(" and ", all);
    }

    private static Query bind(Query sql, RunQuery query) {
        sql.bind("from", query.from().map(Micros::of).orElse(0L))
                .bind("to", query.to().map(Micros::of).orElse(Long.MAX_VALUE));
        query.after()
                .ifPresent(place -> sql.bind("at", Micros.of(place.at()))
                        .bind("id", place.id().toString()));
        query.flow().ifPresent(flow -> sql.bind("flow", flow.toString()));
        query.deployment().ifPresent(name -> sql.bind("deployment", name.value()));
        return sql;
    }

    private static ListedRun read(ResultSet row) throws SQLException {
        return new ListedRun(
                RunId.parse(row.getString("run_id")),
                new TaskName(row.getString("flow")),
                Columns.text(row, "deployment").map(DeploymentName::new),
                Columns.state(row),
                Micros.instant(row.getLong("at")),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"),
                row.getString("parameters"),
                Columns.text(row, "message"),
                row.getString("made_by"));
    }

    /**
     * Counts by stretches of time and state, those that are not zero, in order of time. Of the query, text, place and
     * limit do not count.
     */
    public List<RunBar> bars(RunQuery query, Instant from, Instant to, Duration width) {
        RunQuery range = query.plain(Optional.empty(), 1).between(from, to);
        String states = range.states().isEmpty()
                ? ""
                : " and state in ("
                        + String.join(
                                ", ",
                                range.states().stream()
                                        .map(State::word)
                                        .map(word -> "'" + word + "'")
                                        .sorted()
                                        .toList())
                        + ")";
        String sql = BARS.formatted("due", "flow_runs", conditions("due", range) + states);
        if (range.deployment().isEmpty()) {
            sql += "\nunion all\n"
                    + BARS.formatted(
                            "started_at", "runs", "ordered = 0 and " + conditions("started_at", range) + states);
        }
        String all = "select bucket, state, sum(runs) as runs from (" + sql
                + ") as parts group by bucket, state order by bucket, state";
        return transactions.read(handle -> bind(handle.createQuery(all), range)
                .bind("width", Micros.of(width))
                .map((row, context) -> new RunBar(
                        from.plus(width.multipliedBy(row.getLong("bucket"))), Columns.state(row), row.getInt("runs")))
                .list());
    }
}
