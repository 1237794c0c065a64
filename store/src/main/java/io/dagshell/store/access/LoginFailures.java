package io.dagshell.store.access;

import io.dagshell.store.Micros;
import io.dagshell.store.orchestration.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How often somebody tried to log in in vain, by name and by address. An attempt counts before its password is looked at,
 * so that many at once are no way around. Thread-safe; servers of one database count together.
 */
public final class LoginFailures {
    /** For so long from the first failure on they count. */
    public static final Duration WINDOW = Duration.ofMinutes(15);

    private static final String COUNT = """
            insert into login_failures (subject, failures, since) values (:subject, 1, :now)
            on conflict (subject) do update set
                failures = case when login_failures.since <= :old then 1 else login_failures.failures + 1 end,
                since = case when login_failures.since <= :old then excluded.since else login_failures.since end
            returning failures, since""";

    private final Transactions transactions;

    LoginFailures(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Counts an attempt.
     *
     * @param subject a name or an address, told apart by the caller
     * @return when to come again, if there were {@code most} already
     */
    public Optional<Instant> attempt(String subject, int most, Instant now) {
        // One statement, whose row lock makes attempts at once come one after the other.
        return transactions.write(handle -> handle.createQuery(COUNT)
                .bind("subject", subject)
                .bind("now", Micros.of(now))
                .bind("old", Micros.of(now.minus(WINDOW)))
                .map((row, context) -> row.getInt("failures") <= most
                        ? Optional.<Instant>empty()
                        : Optional.of(Micros.instant(row.getLong("since")).plus(WINDOW)))
                .one());
    }

    /** The attempt was none in vain: all of a name are forgotten. */
    public void forget(String subject) {
        transactions.write(handle -> delete(handle, "subject = :value", subject));
    }

    /** The attempt was none in vain: it does not count against its address. */
    public void giveBack(String subject) {
        transactions.write(handle -> handle.createUpdate(
                        "update login_failures set failures = failures - 1 where subject = :subject and failures > 0")
                .bind("subject", subject)
                .execute());
    }

    /** Forgets what counts no more; says of how many. */
    public int deleteOld(Instant now) {
        return transactions.write(handle -> delete(handle, "since <= :value", Micros.of(now.minus(WINDOW))));
    }

    private static int delete(Handle handle, String where, Object value) {
        return handle.createUpdate("delete from login_failures where " + where)
                .bind("value", value)
                .execute();
    }
}
