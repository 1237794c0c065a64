package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.store.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Which runs that ended a collector of traces is to be told of: those of deployments and those of notebooks, each by one server at a time.
 * Thread-safe.
 */
public final class TracedRuns {
    private static final String ENDED = """
            select run_id from (
                select * from (select run_id, finished_at from flow_runs f where finished_at >= :from and not exists
                    (select 1 from traced_runs t where t.run_id = f.run_id) order by finished_at limit :most) planned
                union all
                select * from (select run_id, finished_at from runs r where finished_at >= :from and ordered = 0 and not exists
                    (select 1 from traced_runs t where t.run_id = r.run_id) order by finished_at limit :most) unplanned) ended
            order by finished_at limit :most""";

    private static final String CLAIM = """
            insert into traced_runs (run_id, attempts, again_at) values (:run, 1, :lease) on conflict (run_id) do nothing""";

    private static final String AGAIN = """
            select run_id from traced_runs where again_at <= :now order by again_at limit :most""";

    private static final String CLAIM_AGAIN = """
            update traced_runs set attempts = attempts + 1, again_at = :lease where run_id = :run and again_at <= :now""";

    private final Transactions transactions;

    TracedRuns(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A run to be told of.
     *
     * @param attempt from 1
     */
    public record Due(RunId run, int attempt) {}

    /**
     * Runs to be told of now; unless said how it went, they are due again when the lease is over.
     *
     * @param from runs that ended before are not looked at
     */
    public List<Due> claim(Instant now, Instant from, int most, Duration lease) {
        List<String> ended = transactions.read(handle -> handle.createQuery(ENDED)
                .bind("from", Micros.of(from))
                .bind("most", most)
                .mapTo(String.class)
                .list());
        List<String> again = transactions.read(handle -> handle.createQuery(AGAIN)
                .bind("now", Micros.of(now))
                .bind("most", most)
                .mapTo(String.class)
                .list());
        if (ended.isEmpty() && again.isEmpty()) {
            return List.of(); // asked every few seconds: nobody who writes has to wait for it
        }
        return transactions.write(handle -> {
            List<Due> mine = new ArrayList<>();
            claim(handle, CLAIM, ended, now, lease).forEach(run -> mine.add(new Due(RunId.parse(run), 1)));
            claim(handle, CLAIM_AGAIN, again, now, lease)
                    .forEach(run -> mine.add(new Due(RunId.parse(run), attempts(handle, run))));
            return mine;
        });
    }

    /** Those of the runs that no other server was quicker to take. */
    private static List<String> claim(Handle handle, String sql, List<String> runs, Instant now, Duration lease) {
        return runs.stream()
                .filter(run -> handle.createUpdate(sql)
                                .bind("run", run)
                                .bind("now", Micros.of(now))
                                .bind("lease", Micros.of(now.plus(lease)))
                                .execute()
                        == 1)
                .toList();
    }

    private static int attempts(Handle handle, String run) {
        return handle.createQuery("select attempts from traced_runs where run_id = :run")
                .bind("run", run)
                .mapTo(Integer.class)
                .one();
    }

    /** The collector has it. */
    public void told(RunId run) {
        transactions.write(handle -> next(handle, run, Optional.empty()));
    }

    /** The collector did not take it; it is due at {@code again}, or never. */
    public void notTold(RunId run, Optional<Instant> again) {
        transactions.write(handle -> next(handle, run, again));
    }

    private static int next(Handle handle, RunId run, Optional<Instant> again) {
        return handle.createUpdate("update traced_runs set again_at = :again where run_id = :run")
                .bind("run", run.toString())
                .bind("again", again.map(Micros::of).orElse(null))
                .execute();
    }
}
