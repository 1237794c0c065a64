package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rules that tell people of runs. Thread-safe. */
public final class AlertRules {
    private static final String SET = """
            insert into alert_rules
                (name, kinds, deployment, after_micros, quiet_micros, block, recipients, active, since)
            values (:name, :kinds, :deployment, :after, :quiet, :block, :recipients, :active, :now)
            on conflict (name) do update set kinds = excluded.kinds, deployment = excluded.deployment,
                after_micros = excluded.after_micros, quiet_micros = excluded.quiet_micros, block = excluded.block,
                recipients = excluded.recipients, active = excluded.active,
                since = case when alert_rules.active = 0 or alert_rules.kinds <> excluded.kinds then excluded.since
                    else alert_rules.since end""";

    private final Transactions transactions;
    private final Clock clock;

    AlertRules(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** All, by name. */
    public List<AlertRule> list() {
        return transactions.read(handle -> handle.createQuery("select * from alert_rules order by name")
                .map((row, context) -> rule(row))
                .list());
    }

    /** The rule of that name. */
    public Optional<AlertRule> find(String name) {
        return transactions.read(handle -> handle.createQuery("select * from alert_rules where name = :name")
                .bind("name", name)
                .map((row, context) -> rule(row))
                .findOne());
    }

    /**
     * Makes the rule, or changes the one of its name. It tells of what happens from now on; a rule that is changed goes
     * on where it was, unless it was switched off or tells of something else.
     */
    public void set(AlertRule rule) {
        transactions.write(handle -> handle.createUpdate(SET)
                .bind("name", rule.name())
                .bind("kinds", Columns.json(rule.words()))
                .bind("deployment", rule.deployment().map(DeploymentName::value).orElse(null))
                .bind("after", rule.after().map(Micros::of).orElse(null))
                .bind("quiet", Micros.of(rule.quiet()))
                .bind("block", rule.block())
                .bind("recipients", Columns.json(rule.recipients()))
                .bind("active", rule.active() ? 1 : 0)
                .bind("now", Micros.of(clock.instant()))
                .execute());
    }

    /** Removes it and its messages that wait. */
    public boolean remove(String name) {
        return transactions.write(handle -> {
            delete(handle, "delete from alert_messages where rule = :name and next_at is not null", name);
            return delete(handle, "delete from alert_rules where name = :name", name) == 1;
        });
    }

    private static int delete(Handle handle, String sql, String name) {
        return handle.createUpdate(sql).bind("name", name).execute();
    }

    static AlertRule rule(ResultSet row) throws SQLException {
        Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);
        Columns.texts(row, "kinds").forEach(word -> kinds.add(AlertKind.of(word)));
        long after = row.getLong("after_micros");
        return new AlertRule(
                row.getString("name"),
                kinds,
                Columns.text(row, "deployment").map(DeploymentName::new),
                after == 0 ? Optional.empty() : Optional.of(Duration.of(after, ChronoUnit.MICROS)),
                Duration.of(row.getLong("quiet_micros"), ChronoUnit.MICROS),
                row.getString("block"),
                Columns.texts(row, "recipients"),
                row.getInt("active") == 1);
    }
}
