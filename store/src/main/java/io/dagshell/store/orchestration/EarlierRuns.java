package io.dagshell.store.orchestration;

import io.dagshell.engine.model.State;
import io.dagshell.store.Micros;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Says which instants of a range were run already, or will be. Read once, in one transaction. */
final class EarlierRuns {
    /** Runs that a schedule or a backfill made, but for those of another schedule that is still there. */
    private static final String RUNS = """
            select f.due, f.state, f.phase from flow_runs f
            left join backfills b on b.backfill_id = f.backfill_id
            where f.deployment = :deployment and f.due >= :from and f.due <= :to
                and (f.schedule_id is not null or f.backfill_id is not null)""";

    private static final String PLANNED = """
            select w.due from backfills b
            join backfill_dues w on w.backfill_id = b.backfill_id
            where b.deployment = :deployment and b.finished_at is null and w.state = 'WAITING'
                and w.due >= :from and w.due <= :to""";
    private static final String OWN = """
            and (%1$s is null or %1$s = :schedule
                or %1$s not in (select schedule_id from schedules where deployment = :deployment))""";

    /** What there was of an instant, the weightiest last. */
    private enum Was {
        FAILED,
        RAN,
        UNDER_WAY,
        PLANNED
    }

    private final Map<Instant, Was> found = new HashMap<>();

    private EarlierRuns() {}

    static EarlierRuns of(Handle handle, BackfillSpec spec) {
        EarlierRuns earlier = new EarlierRuns();
        query(handle, RUNS, "coalesce(f.schedule_id, b.schedule_id)", spec)
                .map((row, context) ->
                        Map.entry(Micros.instant(row.getLong("due")), was(Columns.state(row), row.getInt("phase"))))
                .forEach(each -> each.getValue().ifPresent(was -> earlier.add(each.getKey(), was)));
        query(handle, PLANNED, "b.schedule_id", spec)
                .map((row, context) -> Micros.instant(row.getLong("due")))
                .forEach(due -> earlier.add(due, Was.PLANNED));
        return earlier;
    }

    private static Query query(Handle handle, String sql, String schedule, BackfillSpec spec) {
        String own = spec.schedule().isPresent() ? OWN.formatted(schedule) : "";
        Query query = handle.createQuery(sql + "\n" + own)
                .bind("deployment", spec.deployment().value())
                .bind("from", Micros.of(spec.from()))
                .bind("to", Micros.of(spec.to()));
        return spec.schedule().map(id -> query.bind("schedule", id.toString())).orElse(query);
    }

    /** One that was cancelled did not run. */
    private static Optional<Was> was(State state, int phase) {
        if (phase < 2) {
            return Optional.of(Was.UNDER_WAY);
        }
        return switch (state) {
            case COMPLETED -> Optional.of(Was.RAN);
            case FAILED, CRASHED -> Optional.of(Was.FAILED);
            default -> Optional.empty();
        };
    }

    private void add(Instant due, Was was) {
        found.merge(due, was, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    /** Why the instant is not to be run; empty if it is. */
    Optional<String> reason(Instant due, Rerun rerun) {
        Was was = found.get(due);
        if (was == null) {
            return Optional.empty();
        }
        return switch (was) {
            case FAILED -> rerun == Rerun.NONE ? Optional.of("its run failed") : Optional.empty();
            case RAN -> rerun == Rerun.ALL ? Optional.empty() : Optional.of("it ran already");
            case UNDER_WAY -> Optional.of("a run of it is under way");
            case PLANNED -> Optional.of("another backfill will run it");
        };
    }
}
