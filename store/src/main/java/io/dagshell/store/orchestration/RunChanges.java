package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.Micros;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server asks of the database twice a second while somebody watches, one question for all. Thread-safe. */
public final class RunChanges {
    private static final String MARKS = """
            select i.run_id, coalesce(f.state, r.state) as state,
                (select coalesce(max(l.log_id), 0) from logs l where l.run_id = i.run_id) as last_log,
                (select count(*) || '.' || count(t.started_at) || '.' || count(t.finished_at) || '.'
                        || count(t.cache_outcome) || '.' || count(t.summary) || '.' || count(t.failure_message) || '.'
                        || coalesce(sum(t.attempt), 0) || '.' || coalesce(sum(t.progress_done), 0)
                    from task_runs t where t.run_id = i.run_id) as tasks,
                (select count(*) || '.' || coalesce(max(a.at), 0) from artifacts a where a.run_id = i.run_id) as shown
            from (select run_id from runs where run_id in (<ids>)
                union select run_id from flow_runs where run_id in (<ids>)) i
            left join runs r on r.run_id = i.run_id
            left join flow_runs f on f.run_id = i.run_id""";

    private static final String STATES = """
            select * from (select run_id, state from flow_runs where phase = 0 and due <= :now order by due limit :most) w
            union all select run_id, state from flow_runs where phase = 1
            union all select run_id, state from flow_runs where finished_at >= :since
            union all select run_id, state from runs where ordered = 0 and finished_at is null
            union all select run_id, state from runs where ordered = 0 and finished_at >= :since""";

    private static final int MOST = 1_000;
    private final Transactions transactions;

    RunChanges(Transactions transactions) {
        this.transactions = transactions;
    }

    /** How far these runs are; a run that is not known is not among them. */
    public List<RunMark> marks(Collection<RunId> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        return transactions.read(handle -> handle.createQuery(MARKS)
                .bindList("ids", runs.stream().map(RunId::toString).toList())
                .map((row, context) -> new RunMark(
                        RunId.parse(row.getString("run_id")),
                        state(row.getString("state")),
                        row.getLong("last_log"),
                        row.getString("tasks"),
                        row.getString("shown")))
                .list());
    }

    /** States of the runs that wait or go on at {@code now}, and of those that ended at {@code since} or later. */
    public Map<RunId, State> states(Instant since, Instant now) {
        Map<RunId, State> states = new LinkedHashMap<>();
        transactions
                .read(handle -> handle.createQuery(STATES)
                        .bind("now", Micros.of(now))
                        .bind("since", Micros.of(since))
                        .bind("most", MOST)
                        .map((row, context) ->
                                Map.entry(RunId.parse(row.getString("run_id")), state(row.getString("state"))))
                        .list())
                .forEach(each -> states.put(each.getKey(), each.getValue()));
        return states;
    }

    private static State state(String word) {
        return State.ofWord(word).orElseThrow(() -> new IllegalStateException("There is no state " + word + "."));
    }
}
