package io.dagshell.store.access;

import io.dagshell.store.Micros;
import io.dagshell.store.access.Session.Limits;
import io.dagshell.store.orchestration.Transactions;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Browsers that people logged in with, by the digest of what their cookie holds. Thread-safe. */
public final class Sessions {
    private static final String FIND = """
            select s.user_name, s.created_at, s.seen_at, u.role from sessions s join users u on u.name = s.user_name
            where s.digest = :digest and u.active = 1 and s.created_at > :born and s.seen_at > :used""";
    private static final String OVER = "delete from sessions where created_at <= :born or seen_at <= :used";

    private final Transactions transactions;
    private final Users users;

    Sessions(Transactions transactions, Users users) {
        this.transactions = transactions;
        this.users = users;
    }

    /**
     * Somebody has logged in, who had that hash when their password was compared: false if it is another one by now, or
     * they may not log in any more.
     */
    public boolean open(String digest, String user, String hash, String address, Instant now) {
        return transactions.write(handle -> {
            boolean same = handle.createQuery(
                            "select 1 from users where name = :name and password = :hash and active = 1"
                                    + transactions.forUpdate())
                    .bind("name", AccessNames.kept(user))
                    .bind("hash", hash)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (!same) {
                return false;
            }
            handle.createUpdate("insert into sessions (digest, user_name, address, created_at, seen_at)"
                            + " values (:digest, :user, :address, :now, :now)")
                    .bind("digest", digest)
                    .bind("user", AccessNames.kept(user))
                    .bind("address", address)
                    .bind("now", Micros.of(now))
                    .execute();
            users.seen(handle, user, now);
            return true;
        });
    }

    /** The session of that digest, if it lasts and its user may log in. */
    public Optional<Session> find(String digest, Instant now, Limits limits) {
        return transactions.read(handle -> handle.createQuery(FIND)
                .bind("digest", digest)
                .bind("born", Micros.of(now.minus(limits.most())))
                .bind("used", Micros.of(now.minus(limits.idle())))
                .map((row, context) -> new Session(
                        row.getString("user_name"),
                        Role.of(row.getString("role")),
                        Micros.instant(row.getLong("created_at")),
                        Micros.instant(row.getLong("seen_at"))))
                .findOne());
    }

    /** It was used. */
    public void seen(String digest, Instant now) {
        transactions.write(handle -> handle.createUpdate("update sessions set seen_at = :now where digest = :digest")
                .bind("now", Micros.of(now))
                .bind("digest", digest)
                .execute());
    }

    /** Somebody has logged out. */
    public void end(String digest) {
        transactions.write(handle -> handle.createUpdate("delete from sessions where digest = :digest")
                .bind("digest", digest)
                .execute());
    }

    static void endAll(Handle handle, String user) {
        handle.createUpdate("delete from sessions where user_name = :user")
                .bind("user", user)
                .execute();
    }

    /** Forgets those that are over; says how many. */
    public int deleteOver(Instant now, Limits limits) {
        return transactions.write(handle -> handle.createUpdate(OVER)
                .bind("born", Micros.of(now.minus(limits.most())))
                .bind("used", Micros.of(now.minus(limits.idle())))
                .execute());
    }
}
