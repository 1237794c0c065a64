package io.dagshell.store.access;

import io.dagshell.store.Micros;
import io.dagshell.store.access.AuditEntry.Outcome;
import io.dagshell.store.access.AuditEntry.Result;
import io.dagshell.store.access.AuditEntry.What;
import io.dagshell.store.access.AuditEntry.Who;
import io.dagshell.store.orchestration.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Who did what: lines are added, read, and deleted when they are old; none is ever changed. Thread-safe. */
public final class AuditLog {
    private static final int MOST_CHARACTERS = 300;

    /** A server may go on writing while old lines are deleted. */
    private static final int DELETED_AT_ONCE = 1_000;

    private static final String ADD = """
            insert into audit (audit_id, at, actor, kind, role, address, via, action, object, outcome, status, detail)
            values (:id, :at, :actor, :kind, :role, :address, :via, :action, :object, :outcome, :status, :detail)""";
    private static final String OLDEST = """
            delete from audit where audit_id in
                (select audit_id from audit where at < :moment order by at, audit_id limit :most)""";

    private final Transactions transactions;

    AuditLog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Adds a line. */
    public void add(AuditEntry entry) {
        transactions.write(handle -> handle.createUpdate(ADD)
                .bind("id", entry.id())
                .bind("at", Micros.of(entry.at()))
                .bind("actor", cut(entry.who().name()))
                .bind("kind", entry.who().kind())
                .bind("role", entry.who().role().map(Role::word).orElse(null))
                .bind("address", cut(entry.who().address()))
                .bind("via", entry.who().via())
                .bind("action", entry.what().action())
                .bind("object", cut(entry.what().object()))
                .bind("outcome", entry.result().outcome().word())
                .bind("status", entry.result().status())
                .bind("detail", cut(entry.result().detail()))
                .execute());
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
    }

    /** Lines, the newest first. */
    public AuditPage page(AuditQuery query) {
        List<AuditEntry> found = transactions.read(handle -> {
            Query rows = handle.createQuery(sql(query)).bind("limit", query.limit() + 1);
            query.by().ifPresent(name -> rows.bind("actor", name));
            query.action().ifPresent(action -> rows.bind("action", action));
            query.since().ifPresent(moment -> rows.bind("since", Micros.of(moment)));
            query.after()
                    .ifPresent(place -> rows.bind("at", Micros.of(place.at())).bind("id", place.id()));
            return rows.map((row, context) -> entry(row)).list();
        });
        if (found.size() <= query.limit()) {
            return new AuditPage(found, Optional.empty());
        }
        List<AuditEntry> shown = found.subList(0, query.limit());
        AuditEntry last = shown.get(shown.size() - 1);
        return new AuditPage(shown, Optional.of(new AuditQuery.Place(last.at(), last.id())));
    }

    /** Read along an index whatever is asked for. */
    static String sql(AuditQuery query) {
        StringBuilder sql = new StringBuilder("select * from audit where 1 = 1");
        query.by().ifPresent(name -> sql.append(" and actor = :actor"));
        query.action().ifPresent(action -> sql.append(" and action = :action"));
        query.since().ifPresent(moment -> sql.append(" and at >= :since"));
        query.after().ifPresent(place -> sql.append(" and (at, audit_id) < (:at, :id)"));
        sql.append(" order by at desc, audit_id desc limit :limit");
        return sql.toString();
    }

    /** Deletes lines from before {@code moment}, a few at a time; says how many. */
    public int deleteBefore(Instant moment) {
        int all = 0;
        int deleted;
        do {
            deleted = transactions.write(handle -> handle.createUpdate(OLDEST)
                    .bind("moment", Micros.of(moment))
                    .bind("most", DELETED_AT_ONCE)
                    .execute());
            all += deleted;
        } while (deleted == DELETED_AT_ONCE);
        return all;
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getString("audit_id"),
                Micros.instant(row.getLong("at")),
                new Who(
                        row.getString("actor"),
                        row.getString("kind"),
                        Optional.ofNullable(row.getString("role")).map(Role::of),
                        row.getString("address"),
                        row.getString("via")),
                new What(row.getString("action"), row.getString("object")),
                new Result(
                        Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                        row.getInt("status"),
                        row.getString("detail")));
    }
}
