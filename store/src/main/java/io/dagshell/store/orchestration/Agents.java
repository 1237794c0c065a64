package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.store.Micros;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The agents: what they report, and the leases they keep. Thread-safe. */
public final class Agents {
    private static final String REPORT = """
            insert into agents (name, host, queues, jdks, started_at, last_heartbeat, version, not_served)
            values (:name, :host, :queues, :jdks, :now, :now, :version, :why)
            on conflict (name) do update set host = excluded.host, queues = excluded.queues, jdks = excluded.jdks,
                last_heartbeat = excluded.last_heartbeat, version = excluded.version,
                not_served = excluded.not_served""";
    private static final String LIST = """
            select agents.*,
                (select count(*) from flow_runs f where f.agent = agents.name and f.phase = 1) as running
            from agents order by name""";
    private static final String RENEW = """
            update flow_runs set lease_until = :until where run_id = :id and agent = :agent and phase = 1""";

    private final Transactions transactions;
    private final Clock clock;
    private final Limits limits;

    Agents(Transactions transactions, Clock clock, Limits limits) {
        this.transactions = transactions;
        this.clock = clock;
        this.limits = limits;
    }

    /** The agent is there. */
    public void heartbeat(AgentReport report) {
        report.queues().forEach(WorkQueue::check);
        transactions.write(handle -> {
            Instant now = clock.instant();
            handle.createUpdate(REPORT)
                    .bind("name", report.name())
                    .bind("host", report.host())
                    .bind("queues", Columns.json(report.queues()))
                    .bind("jdks", Columns.json(report.jdks()))
                    .bind("version", report.version().orElse(null))
                    .bind("why", report.notServed().orElse(null))
                    .bind("now", Micros.of(now))
                    .execute();
            report.queues().forEach(queue -> polled(handle, queue, now));
            return true;
        });
    }

    private static void polled(Handle handle, String queue, Instant now) {
        WorkQueues.ensure(handle, queue, now);
        handle.createUpdate("update work_queues set last_polled = :now where name = :name")
                .bind("now", Micros.of(now))
                .bind("name", queue)
                .execute();
    }

    /** The agent still has these runs. */
    public Renewal renew(String agent, Collection<RunId> runs, Duration lease) {
        return transactions.write(handle -> {
            long until = Micros.of(clock.instant().plus(lease));
            Set<RunId> renewed = new HashSet<>();
            Set<RunId> lost = new HashSet<>();
            for (RunId run : new TreeSet<>(runs)) {
                int kept = handle.createUpdate(RENEW)
                        .bind("until", until)
                        .bind("id", run.toString())
                        .bind("agent", agent)
                        .execute();
                (kept == 1 ? renewed : lost).add(run);
            }
            Set<RunId> cancelling = cancelling(handle, agent);
            cancelling.retainAll(renewed);
            return new Renewal(renewed, cancelling, lost);
        });
    }

    private static Set<RunId> cancelling(Handle handle, String agent) {
        return new HashSet<>(handle.createQuery(
                        "select run_id from flow_runs where agent = :agent and phase = 1 and state = 'Cancelling'")
                .bind("agent", agent)
                .map((row, context) -> RunId.parse(row.getString("run_id")))
                .list());
    }

    /** All that reported within a day, by name. */
    public List<Agent> list() {
        Instant alive = clock.instant().minus(limits.missingAfter());
        return transactions.read(handle -> handle.createQuery(LIST)
                .map((row, context) -> {
                    Instant last = Micros.instant(row.getLong("last_heartbeat"));
                    return new Agent(
                            row.getString("name"),
                            row.getString("host"),
                            Columns.texts(row, "queues"),
                            new TreeSet<>(Arrays.asList(Columns.read(row, "jdks", Integer[].class))),
                            Micros.instant(row.getLong("started_at")),
                            last,
                            row.getInt("running"),
                            last.isAfter(alive),
                            Optional.ofNullable(row.getString("version")),
                            Optional.ofNullable(row.getString("not_served")));
                })
                .list());
    }
}
