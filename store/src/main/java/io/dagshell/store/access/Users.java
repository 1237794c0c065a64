package io.dagshell.store.access;

import io.dagshell.store.Micros;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The people who may log in. The first one is an admin, and there is always one from then on who may log in. What makes
 * somebody's rights fewer ends their sessions in the same transaction. Thread-safe.
 */
public final class Users {
    private final Transactions transactions;
    private final Clock clock;

    Users(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The hash of a password, and whether its owner may log in. Says nothing of itself. */
    public record Credentials(String hash, boolean active) {
        @Override
        public String toString() {
            return "Credentials[active=" + active + "]";
        }
    }

    /** All, by name. */
    public List<User> list() {
        return transactions.read(handle -> handle.createQuery("select * from users order by name")
                .map((row, context) -> user(row))
                .list());
    }

    public Optional<User> find(String name) {
        return transactions.read(handle -> find(handle, name, ""));
    }

    private static Optional<User> find(Handle handle, String name, String lock) {
        return handle.createQuery("select * from users where name = :name" + lock)
                .bind("name", AccessNames.kept(name))
                .map((row, context) -> user(row))
                .findOne();
    }

    /** What a password is compared with; empty if there is no such user. */
    public Optional<Credentials> credentials(String name) {
        return transactions.read(handle -> handle.createQuery("select password, active from users where name = :name")
                .bind("name", AccessNames.kept(name))
                .map((row, context) -> new Credentials(row.getString("password"), row.getInt("active") == 1))
                .findOne());
    }

    /**
     * Adds one who may log in.
     *
     * @param hash of the password, with how it was made
     * @throws RefusedException the name is none or taken, the role is an agent's, or the first user is no admin
     */
    public User add(String name, Role role, String hash) {
        String kept = AccessNames.require(name);
        requirePersons(role);
        return transactions.write(handle -> {
            if (find(handle, kept, "").isPresent()) {
                throw RefusedException.conflict("There is a user '" + kept + "' already.");
            }
            if (Tokens.isLive(handle, kept)) {
                throw RefusedException.conflict(
                        "A token is named '" + kept + "', and in the audit log nobody could tell them apart.");
            }
            if (role != Role.ADMIN && number(handle, "select count(*) from users") == 0) {
                throw RefusedException.conflict("The first user is an admin, who can make the others: '" + kept
                        + "' would be " + role.word() + ".");
            }
            long now = Micros.of(clock.instant());
            handle.createUpdate("insert into users (name, role, password, active, created_at, password_at)"
                            + " values (:name, :role, :hash, 1, :now, :now)")
                    .bind("name", kept)
                    .bind("role", role.word())
                    .bind("hash", hash)
                    .bind("now", now)
                    .execute();
            return find(handle, kept, "").orElseThrow();
        });
    }

    private static void requirePersons(Role role) {
        if (role == Role.AGENT) {
            throw RefusedException.invalid("A user is viewer, operator or admin; the role agent is for tokens.");
        }
    }

    /** Gives another role, from the next request on. */
    public User setRole(String name, Role role) {
        return change(name, Optional.of(role), Optional.empty());
    }

    /** Lets one log in, or no longer. */
    public User setActive(String name, boolean active) {
        return change(name, Optional.empty(), Optional.of(active));
    }

    /**
     * Gives another role, and lets one log in or no longer, which ends what sessions there are; both or neither.
     *
     * @throws RefusedException there is no such user, or no admin would be left
     */
    public User change(String name, Optional<Role> role, Optional<Boolean> active) {
        role.ifPresent(Users::requirePersons);
        boolean off = active.filter(on -> !on).isPresent();
        boolean lower = role.filter(given -> given != Role.ADMIN).isPresent();
        String what =
                off ? "disabled" : role.map(given -> "made " + given.word()).orElse("");
        return change(name, off || lower, what, handle -> {
            role.ifPresent(given -> update(handle, name, "role = :value")
                    .bind("value", given.word())
                    .execute());
            active.ifPresent(on -> update(handle, name, "active = :value")
                    .bind("value", on ? 1 : 0)
                    .execute());
            if (off) {
                Sessions.endAll(handle, AccessNames.kept(name));
            }
        });
    }

    /**
     * Sets the password, which ends what sessions there are.
     *
     * @throws RefusedException there is no such user
     */
    public User setPassword(String name, String hash) {
        return change(name, false, "", handle -> {
            update(handle, name, "password = :value, password_at = :now")
                    .bind("value", hash)
                    .bind("now", Micros.of(clock.instant()))
                    .execute();
            Sessions.endAll(handle, AccessNames.kept(name));
        });
    }

    /** Keeps the same password hashed anew, if it is still {@code former}. */
    public void rehash(String name, String former, String hash) {
        transactions.write(handle -> handle.createUpdate(
                        "update users set password = :hash where name = :name and password = :former")
                .bind("hash", hash)
                .bind("name", AccessNames.kept(name))
                .bind("former", former)
                .execute());
    }

    /**
     * Removes one, with sessions; what they did stays in the audit log.
     *
     * @throws RefusedException there is no such user, or no admin would be left
     */
    public void remove(String name) {
        change(name, true, "deleted", handle -> {
            handle.createUpdate("delete from users where name = :name")
                    .bind("name", AccessNames.kept(name))
                    .execute();
            Sessions.endAll(handle, AccessNames.kept(name));
        });
    }

    /** They have logged in. */
    void seen(Handle handle, String name, Instant now) {
        update(handle, name, "seen_at = :value").bind("value", Micros.of(now)).execute();
    }

    private static Update update(Handle handle, String name, String what) {
        return handle.createUpdate("update users set " + what + " where name = :name")
                .bind("name", AccessNames.kept(name));
    }

    private interface Change {
        void make(Handle handle);
    }

    /** @param less whether one who is an admin and may log in would not be so any more */
    private User change(String name, boolean less, String what, Change change) {
        return transactions.write(handle -> {
            // The rows of all admins are held: two that disable each other do so one after the other.
            List<String> admins = handle.createQuery("select name from users where role = 'admin' and active = 1"
                            + " order by name" + transactions.forUpdate())
                    .mapTo(String.class)
                    .list();
            User user = find(handle, name, transactions.forUpdate())
                    .orElseThrow(() -> RefusedException.unknown("There is no user '" + AccessNames.kept(name) + "'."));
            if (less && admins.equals(List.of(user.name()))) {
                throw RefusedException.conflict("'" + user.name() + "' is the last admin who can log in and cannot be "
                        + what + ": make another one first.");
            }
            change.make(handle);
            return find(handle, name, "").orElse(user);
        });
    }

    static boolean isThere(Handle handle, String name) {
        return find(handle, name, "").isPresent();
    }

    static int number(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Integer.class).one();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                row.getString("name"),
                Role.of(row.getString("role")),
                row.getInt("active") == 1,
                Micros.instant(row.getLong("created_at")),
                Micros.instant(row.getLong("password_at")),
                moment(row, "seen_at"));
    }

    static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
    }
}
