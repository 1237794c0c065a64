package io.dagshell.store.access;

import io.dagshell.store.Database;
import io.dagshell.store.orchestration.Transactions;
import java.time.Clock;

/**
 * Who may use a server, in a database that several servers may share. Nothing is asked of anybody until there is a user or
 * a token. Thread-safe.
 *
 * <pre>{@code
 * Access access = Access.of(database, Clock.systemUTC());
 * access.users().add("ada", Role.ADMIN, hash);
 * }</pre>
 */
public final class Access {
    private static final String ON =
            "select case when exists (select 1 from users) or exists (select 1 from tokens) then 1 else 0 end";
    private static final String USERS = "select case when exists (select 1 from users) then 1 else 0 end";

    private final Transactions transactions;
    private final Users users;
    private final Sessions sessions;
    private final Tokens tokens;
    private final LoginFailures loginFailures;
    private final AuditLog audit;

    private Access(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        users = new Users(transactions, clock);
        sessions = new Sessions(transactions, users);
        tokens = new Tokens(transactions, clock);
        loginFailures = new LoginFailures(transactions);
        audit = new AuditLog(transactions);
    }

    /** The database stays the caller's to close. */
    public static Access of(Database database, Clock clock) {
        return new Access(new Transactions(database), clock);
    }

    /** Whether somebody is known by name: a user, or a token that is or was. */
    public boolean isOn() {
        return yes(ON);
    }

    /** Whether somebody could log in. */
    public boolean hasUsers() {
        return yes(USERS);
    }

    private boolean yes(String sql) {
        return transactions.read(handle -> Users.number(handle, sql)) == 1;
    }

    public Users users() {
        return users;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Tokens tokens() {
        return tokens;
    }

    public LoginFailures loginFailures() {
        return loginFailures;
    }

    /** Who did what. */
    public AuditLog audit() {
        return audit;
    }
}
