package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Messages of rules, each made once whichever server looks, and sent by one server at a time. Thread-safe. */
public final class AlertMessages {
    private static final String DUE = """
            select * from alert_messages where next_at <= :now order by next_at, message_id limit :most""";
    private static final String WAITS = "select 1 from alert_messages where next_at <= :now limit 1";
    private static final String CLAIM = """
            update alert_messages set next_at = :lease, attempts = attempts + 1 where message_id = :id""";
    private static final String SENT = """
            update alert_messages set state = 'SENT', next_at = null, sent_at = :now, problem = null
            where message_id = :id""";
    private static final String NOT_SENT = """
            update alert_messages set state = :state, next_at = :next, problem = :problem where message_id = :id""";

    private final Transactions transactions;

    AlertMessages(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Makes the messages of all active rules that are not made yet.
     *
     * @param from runs that ended before are not looked at
     * @return how many were made to be sent
     */
    public int look(Instant now, Instant from) {
        if (!transactions.read(handle -> new AlertFinder(handle, transactions, now, from).finds())) {
            return 0; // nobody who writes has to wait for it
        }
        return transactions.write(handle -> new AlertFinder(handle, transactions, now, from).make());
    }

    /** Messages to be sent now; unless told how it went, they are to be sent again when the lease is over. */
    public List<AlertMessage> claim(Instant now, int most, Duration lease) {
        if (!transactions.read(handle -> waits(handle, now))) {
            return List.of(); // asked each second: nobody who writes has to wait for it
        }
        return transactions.write(handle -> {
            List<AlertMessage> due = handle.createQuery(DUE + transactions.skipLocked("alert_messages"))
                    .bind("now", Micros.of(now))
                    .bind("most", most)
                    .map((row, context) -> message(row))
                    .list();
            due.forEach(message -> handle.createUpdate(CLAIM)
                    .bind("lease", Micros.of(now.plus(lease)))
                    .bind("id", message.id())
                    .execute());
            return due.stream().map(AlertMessages::tried).toList();
        });
    }

    private static boolean waits(Handle handle, Instant now) {
        return handle.createQuery(WAITS)
                .bind("now", Micros.of(now))
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    private static AlertMessage tried(AlertMessage message) {
        return new AlertMessage(
                message.id(),
                message.rule(),
                message.kind(),
                message.deployment(),
                message.run(),
                message.state(),
                message.attempts() + 1,
                message.held(),
                message.createdAt(),
                message.sentAt(),
                message.problem());
    }

    /** It was sent. */
    public void sent(String id, Instant now) {
        transactions.write(handle -> handle.createUpdate(SENT)
                .bind("now", Micros.of(now))
                .bind("id", id)
                .execute());
    }

    /** It could not be sent; it will be tried at {@code again}, or never. */
    public void notSent(String id, String problem, Optional<Instant> again) {
        transactions.write(handle -> handle.createUpdate(NOT_SENT)
                .bind("state", again.isPresent() ? "WAITING" : "FAILED")
                .bind("next", again.map(Micros::of).orElse(null))
                .bind("problem", problem)
                .bind("id", id)
                .execute());
    }

    /** The latest, newest first. */
    public List<AlertMessage> latest(int most) {
        return transactions.read(handle -> handle.createQuery(
                        "select * from alert_messages order by created_at desc, message_id desc limit :most")
                .bind("most", most)
                .map((row, context) -> message(row))
                .list());
    }

    /** Deletes those that were made before. */
    static int deleteMadeBefore(Handle handle, Instant moment) {
        return handle.createUpdate("delete from alert_messages where created_at < :moment and next_at is null")
                .bind("moment", Micros.of(moment))
                .execute();
    }

    private static AlertMessage message(ResultSet row) throws SQLException {
        return new AlertMessage(
                row.getString("message_id"),
                row.getString("rule"),
                AlertKind.of(row.getString("kind")),
                new DeploymentName(row.getString("deployment")),
                Columns.text(row, "run_id").map(RunId::parse),
                AlertMessage.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getInt("held"),
                Micros.instant(row.getLong("created_at")),
                Columns.instant(row, "sent_at"),
                Columns.text(row, "problem"));
    }
}
