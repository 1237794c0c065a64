package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Looks once, within a transaction, what the rules have to tell. */
final class AlertFinder {
    private static final Map<AlertKind, String> ENDED = Map.of(
            AlertKind.FAILED, "Failed",
            AlertKind.CRASHED, "Crashed",
            AlertKind.CANCELLED, "Cancelled",
            AlertKind.COMPLETED, "Completed");
    /** A run for which another was made is not the last word. */
    private static final String OVER = """
            select run_id, deployment, '' as since from flow_runs where finished_at >= :from and state = :state
                and not exists (select 1 from flow_runs n where n.retry_of = flow_runs.run_id)""";

    private static final String WAITING = """
            select run_id, deployment, '' as since from flow_runs where phase = 0 and state = 'Late'""";
    private static final String GOING = """
            select run_id, deployment, '' as since from flow_runs where phase = 1 and started_at <= :long""";
    /** Of deployments that run by themselves, or the one that the rule names. */
    private static final String QUIET = """
            select null as run_id, deployment, since from (
                select d.name as deployment, d.paused as paused, max(d.created_at, :ruled, coalesce((
                    select max(f.finished_at) from flow_runs f
                    where f.deployment = d.name and f.state = 'Completed'), 0)) as since
                from deployments d) as each
            where paused = 0 and since <= :long and (%s)""";

    private static final String STOPPED = """
            select null as run_id, deployment, since from (
                select d.name as deployment, d.paused_at as since, d.paused_reason as reason from deployments d
                where d.paused = 1) as each
            where reason is not null and since >= :from""";

    private static final String ASKING = """
            select run_id, deployment, since from (
                select a.run_id, f.deployment, a.place || ' ' || a.asked_at as since
                from approvals a join flow_runs f on f.run_id = a.run_id
                where a.state = 'WAITING' and f.phase < 2) as each
            where 1 = 1""";

    private static final String SCHEDULED =
            "exists (select 1 from schedules s where s.deployment = each.deployment and s.active = 1)";
    private static final String ALIKE = """
            select count(*) from alert_messages
            where rule = :rule and deployment = :deployment and kind = :kind and created_at > :quiet
                and state <> 'HELD'""";
    private static final String HELD = """
            select count(*) from alert_messages
            where rule = :rule and deployment = :deployment and kind = :kind and state = 'HELD' and created_at > coalesce((
                select max(created_at) from alert_messages
                where rule = :rule and deployment = :deployment and kind = :kind and state <> 'HELD'), 0)""";
    private static final String INSERT = """
            insert into alert_messages (message_id, rule, subject, kind, deployment, run_id, state, attempts, held,
                next_at, created_at)
            values (:id, :rule, :subject, :kind, :deployment, :run, :state, 0, :held, :next, :now)
            on conflict (rule, subject) do nothing""";

    private final Handle handle;
    private final Transactions transactions;
    private final Instant now;
    private final Instant from;

    AlertFinder(Handle handle, Transactions transactions, Instant now, Instant from) {
        this.handle = handle;
        this.transactions = transactions;
        this.now = now;
        this.from = from;
    }

    /** Something to tell. */
    private record Found(Optional<String> run, String deployment, String since) {
        String subject(AlertKind kind) {
            return kind.word() + " "
                    + run.map(id -> since.isEmpty() ? id : id + " " + since).orElse(deployment + " " + since);
        }
    }

    /** A rule, and since when it tells. */
    private record Since(AlertRule rule, Instant since) {}

    /** Whether there is anything to make. */
    boolean finds() {
        return rules("").stream()
                .anyMatch(each -> each.rule().kinds().stream()
                        .anyMatch(kind -> !found(each, kind).isEmpty()));
    }

    private List<Since> rules(String locking) {
        return handle.createQuery("select * from alert_rules where active = 1 order by name" + locking)
                .map((row, context) -> new Since(AlertRules.rule(row), Micros.instant(row.getLong("since"))))
                .list();
    }

    /** Makes it; says how many messages are to be sent. */
    int make() {
        int made = 0;
        // Rules are locked, so that of two servers the second finds what the first has made.
        for (Since each : rules(transactions.forUpdate())) {
            for (AlertKind kind : each.rule().kinds()) {
                for (Found found : found(each, kind)) {
                    made += insert(each.rule(), kind, found) ? 1 : 0;
                }
            }
        }
        return made;
    }

    private List<Found> found(Since each, AlertKind kind) {
        AlertRule rule = each.rule();
        String sql = select(rule, kind)
                + " and not exists (select 1 from alert_messages m where m.rule = :rule and m.subject = "
                + subject(kind)
                + ")"
                + rule.deployment().map(any -> " and deployment = :deployment").orElse("");
        Query query = handle.createQuery(sql).bind("rule", rule.name());
        rule.deployment().ifPresent(name -> query.bind("deployment", name.value()));
        if (ENDED.containsKey(kind)) {
            query.bind("from", Micros.of(each.since().isAfter(from) ? each.since() : from))
                    .bind("state", ENDED.get(kind));
        } else if (kind == AlertKind.PAUSED) {
            query.bind("from", Micros.of(each.since().isAfter(from) ? each.since() : from));
        } else if (kind.isTimed()) {
            query.bind("long", Micros.of(now.minus(rule.after().orElseThrow())));
        }
        if (kind == AlertKind.SILENT) {
            query.bind("ruled", Micros.of(each.since()));
        }
        return query.map((row, context) -> new Found(
                        Optional.ofNullable(row.getString("run_id")),
                        row.getString("deployment"),
                        row.getString("since")))
                .list();
    }

    private String select(AlertRule rule, AlertKind kind) {
        return switch (kind) {
            case FAILED, CRASHED, CANCELLED, COMPLETED -> OVER;
            case LATE -> WAITING;
            case SLOW -> GOING;
            case PAUSED -> STOPPED;
            case APPROVAL -> ASKING;
            case SILENT ->
                (transactions.locksRows() ? QUIET.replace(" max(d.", " greatest(d.") : QUIET)
                        .formatted(rule.deployment().isPresent() ? "1 = 1" : SCHEDULED);
        };
    }

    private static String subject(AlertKind kind) {
        if (kind == AlertKind.APPROVAL) {
            return "'approval ' || each.run_id || ' ' || each.since";
        }
        return "'" + kind.word() + " ' || "
                + (kind == AlertKind.SILENT || kind == AlertKind.PAUSED
                        ? "each.deployment || ' ' || each.since"
                        : "flow_runs.run_id");
    }

    private boolean insert(AlertRule rule, AlertKind kind, Found found) {
        Query alike = counted(ALIKE, rule, kind, found).bind("quiet", Micros.of(now.minus(rule.quiet())));
        boolean held = !rule.quiet().isZero() && alike.mapTo(Integer.class).one() > 0;
        int before =
                held ? 0 : counted(HELD, rule, kind, found).mapTo(Integer.class).one();
        int rows = handle.createUpdate(INSERT)
                .bind("id", UUID.randomUUID().toString())
                .bind("rule", rule.name())
                .bind("subject", found.subject(kind))
                .bind("kind", kind.word())
                .bind("deployment", found.deployment())
                .bind("run", found.run().orElse(null))
                .bind("state", held ? "HELD" : "WAITING")
                .bind("held", before)
                .bind("next", held ? null : Long.valueOf(Micros.of(now)))
                .bind("now", Micros.of(now))
                .execute();
        return rows == 1 && !held;
    }

    private Query counted(String sql, AlertRule rule, AlertKind kind, Found found) {
        return handle.createQuery(sql)
                .bind("rule", rule.name())
                .bind("deployment", found.deployment())
                .bind("kind", kind.word());
    }
}
