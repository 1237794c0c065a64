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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Lists runs page by page, and counts them for bars. Thread-safe. */
public final class RunList {
    /** Runs looked through for a text before the page is given up short. */
    private static final int MOST_SEARCHED = 20_000;

    private static final int SEARCH_STEP = 1_000;

    private static final String PLANNED = """
            select run_id, flow, deployment, state, due as at, started_at, finished_at, parameters, reason as said,
                created_by as made_by
            from flow_runs where %s order by due desc, run_id desc limit :limit""";
    private static final String UNPLANNED = """
            select run_id, flow, null as deployment, state, started_at as at, started_at, finished_at, parameters,
                message as said, origin as made_by
            from runs where ordered = 0 and %s order by started_at desc, run_id desc limit :limit""";
    /** What a planned run called itself is known from its events. */
    private static final String PAGE = """
            select parts.*, coalesce(parts.said, runs.message) as message, runs.title as title, runs.source as source
            from (select * from (%s) as listed order by at desc, run_id desc limit :limit) as parts
            left join runs on runs.run_id = parts.run_id order by parts.at desc, parts.run_id desc""";
    /** From each name to the next by the index, which holds one for each run. */
    private static final String NAMES = """
            with recursive names(name) as (
                select min(flow) from %1$s where flow >= ''%2$s
                union all
                select (select min(flow) from %1$s where flow > names.name%2$s) from names where name is not null)
            select name from names where name is not null""";

    private static final String EARLIEST = """
            select min(at) as at from (
                select min(due) as at from flow_runs
                union all
                select min(started_at) as at from runs where ordered = 0) as firsts""";
    private static final String BARS = """
            select (%1$s - :from) / :width as bucket, state, count(*) as runs
            from %2$s where %3$s group by bucket, state""";

    private final Transactions transactions;

    RunList(Transactions transactions) {
        this.transactions = transactions;
    }

    /** One page. */
    public RunPage page(RunQuery query) {
        return searches(query) ? search(query, query.limit()) : plain(query);
    }

    private static boolean searches(RunQuery query) {
        return query.text().filter(text -> !text.isBlank()).isPresent();
    }

    private RunPage plain(RunQuery query) {
        List<ListedRun> found = transactions.read(handle -> list(handle, query));
        boolean full = found.size() == query.limit();
        return new RunPage(found, full ? Optional.of(found.get(found.size() - 1).place()) : Optional.empty());
    }

    /** No index finds a text within others: it is looked for in so many runs at a time. */
    private RunPage search(RunQuery query, int most) {
        String text = query.text().orElse("").strip().toLowerCase(Locale.ROOT);
        List<ListedRun> found = new ArrayList<>();
        Optional<RunQuery.Place> place = query.after();
        for (int searched = 0; searched < MOST_SEARCHED; searched += SEARCH_STEP) {
            RunPage page = plain(query.plain(place, SEARCH_STEP));
            for (ListedRun run : page.runs()) {
                if (run.says(text)) {
                    found.add(run);
                    if (found.size() == most) {
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
        return bind(handle.createQuery(PAGE.formatted(all)), query)
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
        Optional<String> deployment = Columns.text(row, "deployment");
        return new ListedRun(
                RunId.parse(row.getString("run_id")),
                new TaskName(row.getString("flow")),
                deployment.map(DeploymentName::new),
                Columns.text(row, "title").or(() -> deployment).orElse(""),
                Columns.text(row, "source").orElse(""),
                Columns.state(row),
                Micros.instant(row.getLong("at")),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"),
                row.getString("parameters"),
                Columns.text(row, "message"),
                row.getString("made_by"));
    }

    /** The names of all flows that ran or are to run, in order. */
    public List<TaskName> flows() {
        return transactions.read(
                handle -> Stream.of(NAMES.formatted("flow_runs", ""), NAMES.formatted("runs", " and ordered = 0"))
                        .flatMap(sql -> handle.createQuery(sql).mapTo(String.class).list().stream())
                        .distinct()
                        .sorted()
                        .map(TaskName::new)
                        .toList());
    }

    /** The time of the first run there is. */
    public Optional<Instant> earliest() {
        return transactions.read(handle -> handle.createQuery(EARLIEST)
                .map((row, context) -> Columns.instant(row, "at"))
                .one());
    }

    /**
     * Counts by stretches of time and state, those that are not zero, in order of time. Of the query, place and limit
     * do not count; a text is looked for in as many runs as a page is.
     */
    public List<RunBar> bars(RunQuery query, Instant from, Instant to, Duration width) {
        return searches(query) ? searched(query, from, to, width) : counted(query, from, to, width);
    }

    private List<RunBar> searched(RunQuery query, Instant from, Instant to, Duration width) {
        RunQuery range = query.plain(Optional.empty(), 1)
                .between(from, to)
                .withText(query.text().orElse(""));
        Map<Long, Map<State, Integer>> counts = new TreeMap<>();
        for (ListedRun run : search(range, MOST_SEARCHED).runs()) {
            long bucket = Duration.between(from, run.at()).dividedBy(width);
            counts.computeIfAbsent(bucket, any -> new EnumMap<>(State.class)).merge(run.state(), 1, Integer::sum);
        }
        List<RunBar> bars = new ArrayList<>();
        counts.forEach((bucket, states) -> states.forEach(
                (state, runs) -> bars.add(new RunBar(from.plus(width.multipliedBy(bucket)), state, runs))));
        return bars;
    }

    private List<RunBar> counted(RunQuery query, Instant from, Instant to, Duration width) {
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
