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

    private static final List<String> TABLES = List.of(
            "logs",
            "artifacts",
            "approvals",
            "attempts",
            "task_keys",
            "task_runs",
            "received_events",
            "traced_runs",
            "runs",
            "flow_runs");
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

    /** What is left of a log that was deleted. */
    static final String GONE = "The log of this run was deleted; the server keeps logs for a shorter time than runs.";

    private static final String WITH_LOGS = """
            select r.run_id from runs r where r.finished_at < :before and exists
                (select 1 from logs l where l.run_id = r.run_id and l.text <> :gone)
            order by r.finished_at limit :limit""";

    /** Of both kinds together; the ends of each are in an index. */
    private static final String OLDEST = """
            select run_id from (
                select * from (select run_id, finished_at from flow_runs where finished_at is not null
                    order by finished_at limit :limit) planned
                union all
                select * from (select run_id, finished_at from runs where finished_at is not null and ordered = 0
                    order by finished_at limit :limit) unplanned) ended
            order by finished_at limit :limit""";

    /** Pages that hold something; those that were freed are filled again before the file grows. */
    private static final String USED = """
            select (p.page_count - f.freelist_count) * s.page_size as bytes
            from pragma_page_count() p, pragma_freelist_count() f, pragma_page_size() s""";

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

    /** Deletes the logs of runs that ended before, but for a line that says so; says of how many. */
    int deleteLogsOfEndedBefore(Instant moment) {
        int deleted = 0;
        int batch = BATCH;
        while (batch == BATCH) {
            List<String> runs = transactions.read(handle -> handle.createQuery(WITH_LOGS)
                    .bind("before", Micros.of(moment))
                    .bind("gone", GONE)
                    .bind("limit", BATCH)
                    .mapTo(String.class)
                    .list());
            runs.forEach(run -> transactions.write(handle -> deleteLog(handle, run, moment)));
            batch = runs.size();
            deleted += batch;
        }
        return deleted;
    }

    private static int deleteLog(Handle handle, String run, Instant moment) {
        handle.createUpdate("delete from logs where run_id = :run")
                .bind("run", run)
                .execute();
        return handle.createUpdate("insert into logs (run_id, ordinal, at, level, text, cached)"
                        + " values (:run, 0, :at, 'INFO', :gone, 0)")
                .bind("run", run)
                .bind("at", Micros.of(moment))
                .bind("gone", GONE)
                .execute();
    }

    /** How many bytes the file holds; only where the database is a file. */
    long usedBytes() {
        return transactions.read(
                handle -> handle.createQuery(USED).mapTo(Long.class).one());
    }

    /** Deletes runs, those that ended first, until the file holds no more than that or all are gone; says how many. */
    int deleteOldestUntil(long bytes) {
        int deleted = 0;
        while (usedBytes() > bytes) {
            List<String> runs = oldest();
            if (runs.isEmpty()) {
                return deleted;
            }
            for (String run : runs) {
                transactions.write(handle -> delete(handle, run));
                deleted++;
                if (usedBytes() <= bytes) {
                    break;
                }
            }
        }
        return deleted;
    }

    /** Some runs that are over, in the order in which they ended. */
    List<String> oldest() {
        return transactions.read(handle -> handle.createQuery(OLDEST)
                .bind("limit", BATCH)
                .mapTo(String.class)
                .list());
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
