package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Pauses the schedules of deployments whose last scheduled runs all failed or crashed, as many as the deployment says. A
 * run that was cancelled, or for which another was made, does not count. Stateless.
 */
final class FailurePauses {
    private static final String WATCHED = """
            select d.name, v.pause_after, coalesce(d.resumed_at, 0) as since from deployments d
            join deployment_versions v on v.deployment = d.name and v.version = d.version
            where d.paused = 0 and v.pause_after is not null""";
    private static final String LAST = """
            select state from flow_runs f
            where deployment = :name and phase = 2 and schedule_id is not null and finished_at > :since
                and state <> 'Cancelled' and not exists (select 1 from flow_runs n where n.retry_of = f.run_id)
            order by finished_at desc limit :limit""";
    private static final String PAUSE = """
            update deployments set paused = 1, paused_reason = :reason, paused_at = :now, updated_at = :now
            where name = :name and paused = 0""";

    private record Watched(String name, int limit, long since) {}

    private FailurePauses() {}

    /** Whether there is anything to pause. */
    static boolean asks(Handle handle) {
        return watched(handle).stream().anyMatch(each -> reason(handle, each).isPresent());
    }

    static void pause(Handle handle, Instant now) {
        for (Watched each : watched(handle)) {
            reason(handle, each)
                    .ifPresent(reason -> handle.createUpdate(PAUSE)
                            .bind("reason", reason)
                            .bind("now", Micros.of(now))
                            .bind("name", each.name())
                            .execute());
        }
    }

    private static List<Watched> watched(Handle handle) {
        return handle.createQuery(WATCHED)
                .map((row, context) ->
                        new Watched(row.getString("name"), row.getInt("pause_after"), row.getLong("since")))
                .list();
    }

    private static Optional<String> reason(Handle handle, Watched deployment) {
        List<String> last = handle.createQuery(LAST)
                .bind("name", deployment.name())
                .bind("since", deployment.since())
                .bind("limit", deployment.limit())
                .mapTo(String.class)
                .list();
        boolean all = last.size() == deployment.limit()
                && last.stream().allMatch(state -> state.equals("Failed") || state.equals("Crashed"));
        if (!all) {
            return Optional.empty();
        }
        return Optional.of(
                deployment.limit() == 1
                        ? "its last scheduled run failed"
                        : "its last " + deployment.limit() + " scheduled runs failed");
    }
}
