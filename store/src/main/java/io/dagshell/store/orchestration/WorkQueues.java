package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** The work queues. A queue is there once a deployment, a run or an agent names it. Thread-safe. */
public final class WorkQueues {
    private static final String LIST = """
            select q.*,
                (select count(*) from flow_runs f where f.queue = q.name and f.phase = 0 and f.due <= :now) as waiting,
                (select count(*) from flow_runs f where f.queue = q.name and f.phase = 1) as active
            from work_queues q""";
    private static final String ENSURE = """
            insert into work_queues (name, priority, paused, created_at) values (:name, :priority, 0, :now)
            on conflict do nothing""";
    private static final String SET = """
            update work_queues set priority = :priority, concurrency = :concurrency, paused = :paused
            where name = :name""";

    private final Transactions transactions;
    private final Clock clock;

    WorkQueues(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** All, in the order they are served. */
    public List<WorkQueue> list() {
        return transactions.read(handle -> handle.createQuery(LIST + " order by q.priority, q.name")
                .bind("now", Micros.of(clock.instant()))
                .map((row, context) -> new WorkQueue(
                        row.getString("name"),
                        row.getInt("priority"),
                        Columns.number(row, "concurrency"),
                        row.getInt("paused") == 1,
                        row.getInt("waiting"),
                        row.getInt("active"),
                        Columns.instant(row, "last_polled")))
                .list());
    }

    /** Sets how it is served; makes it if it is not there. */
    public void set(String name, int priority, OptionalInt concurrency, boolean paused) {
        WorkQueue.check(name);
        WorkQueue.checkLimit(concurrency);
        transactions.write(handle -> {
            ensure(handle, name, clock.instant());
            return handle.createUpdate(SET)
                    .bind("priority", priority)
                    .bind("concurrency", concurrency.isPresent() ? Integer.valueOf(concurrency.getAsInt()) : null)
                    .bind("paused", paused ? 1 : 0)
                    .bind("name", name)
                    .execute();
        });
    }

    static void ensure(Handle handle, String name, Instant now) {
        handle.createUpdate(ENSURE)
                .bind("name", name)
                .bind("priority", WorkQueue.DEFAULT_PRIORITY)
                .bind("now", Micros.of(now))
                .execute();
    }
}
