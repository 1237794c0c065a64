package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Deletes runs that are long over, with all that is known of them. Thread-safe. */
final class Retention {
    /** Runs that are looked up at once. Each is deleted by itself, for others who write wait that long. */
    private static final int BATCH = 100;

    private static final List<String> TABLES =
            List.of("logs", "artifacts", "attempts", "task_keys", "task_runs", "received_events", "runs", "flow_runs");
    private static final String PLANNED = """
            select run_id from flow_runs where finished_at < :before order by finished_at limit :limit""";
    private static final String UNPLANNED = """
            select run_id from runs where finished_at < :before and not exists
                (select 1 from flow_runs f where f.run_id = runs.run_id and f.phase < 2)
            order by finished_at limit :limit""";

    /** Once a day at most, so without an index that every task call would have to keep. */
    private static final String UNUSED_PARTS = """
            delete from key_parts where set_digest in (
                select set_digest from key_parts
                except select common from task_keys
                except select arguments from task_keys)""";

    private final Transactions transactions;

    Retention(Transactions transactions) {
        this.transactions = transactions;
    }

    int deleteEndedBefore(Instant moment) {
        int deleted = 0;
        for (String select : List.of(PLANNED, UNPLANNED)) {
            int batch = BATCH;
            while (batch == BATCH) {
                List<String> runs = transactions.read(handle -> over(handle, select, moment));
                for (String run : runs) {
                    transactions.write(handle -> delete(handle, run));
                }
                batch = runs.size();
                deleted += batch;
            }
        }
        if (deleted > 0) {
            transactions.write(handle -> handle.createUpdate(UNUSED_PARTS).execute());
        }
        transactions.write(handle -> AlertMessages.deleteMadeBefore(handle, moment));
        transactions.write(handle -> BackfillRows.deleteEndedBefore(handle, moment));
        long day = moment.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
        transactions.write(handle -> handle.createUpdate("delete from skipped_dues where day < :day")
                .bind("day", day)
                .execute());
        return deleted;
    }

    private static List<String> over(Handle handle, String select, Instant moment) {
        return handle.createQuery(select)
                .bind("before", Micros.of(moment))
                .bind("limit", BATCH)
                .mapTo(String.class)
                .list();
    }

    private static int delete(Handle handle, String run) {
        int rows = 0;
        for (String table : TABLES) {
            rows += handle.createUpdate("delete from " + table + " where run_id = :run")
                    .bind("run", run)
                    .execute();
        }
        return rows;
    }
}
