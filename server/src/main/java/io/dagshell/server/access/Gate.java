package io.dagshell.server.access;

import io.dagshell.store.StoreException;
import io.dagshell.store.access.Access;
import io.dagshell.store.access.AccessNames;
import io.dagshell.store.access.AccessToken;
import io.dagshell.store.access.Session;
import io.dagshell.store.access.Users.Credentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets people in by password and cookie, and programs by token. Thread-safe; servers of one database let in the same.
 *
 * <p>Somebody who is not there is answered like somebody whose password is wrong: with the same words after the same work.
 */
public final class Gate {
    /** Attempts in vain within {@link io.dagshell.store.access.LoginFailures#WINDOW}. */
    private static final int MOST_BY_NAME = 10;

    private static final int MOST_BY_ADDRESS = 30;

    /** Of what is used all the time, it is written down so often when. */
    private static final Duration BETWEEN_MARKS = Duration.ofMinutes(1);

    /** Tokens that are over can be looked at for so long. */
    private static final Duration TOKENS_STAY = Duration.ofDays(90);

    private final Access access;
    private final Session.Limits limits;
    private final Clock clock;
    private final Passwords passwords = new Passwords();
    private volatile boolean on;
    private volatile boolean users;

    public Gate(Access access, Session.Limits limits, Clock clock) {
        this.access = access;
        this.limits = limits;
        this.clock = clock;
    }

    public Access access() {
        return access;
    }

    public Passwords passwords() {
        return passwords;
    }

    Clock clock() {
        return clock;
    }

    /** Whether somebody is known by name; from then on it stays so. */
    public boolean isOn() {
        on = on || access.isOn();
        return on;
    }

    /** Whether somebody could log in; there is always an admin from then on. */
    public boolean hasUsers() {
        try {
            users = users || access.hasUsers();
        } catch (StoreException away) {
            // Nobody is let in by it: then nobody can log in just now.
            System.getLogger(Gate.class.getName()).log(System.Logger.Level.DEBUG, "not known now", away);
        }
        return users;
    }

    /** The token of that value, whatever has become of it. */
    Optional<AccessToken> token(String value) {
        if (!value.startsWith(Secret.TOKEN)) {
            return Optional.empty();
        }
        Optional<AccessToken> found = access.tokens().find(new Secret(value).digest());
        Instant now = clock.instant();
        found.filter(token -> token.state(now) == AccessToken.State.LIVE)
                .filter(token -> isOld(token.seenAt().orElse(Instant.EPOCH), now))
                .ifPresent(token -> access.tokens().seen(token, now));
        return found;
    }

    AccessToken.State state(AccessToken token) {
        return token.state(clock.instant());
    }

    private static boolean isOld(Instant mark, Instant now) {
        return Duration.between(mark, now).abs().compareTo(BETWEEN_MARKS) >= 0;
    }

    /**
     * Whose session a cookie is of.
     *
     * @param used whether a person asks, and not a page by itself
     */
    Optional<Actor> session(String cookie, boolean used) {
        Instant now = clock.instant();
        String digest = new Secret(cookie).digest();
        Optional<Session> found = access.sessions().find(digest, now, limits);
        found.filter(session -> used && isOld(session.seenAt(), now))
                .ifPresent(session -> access.sessions().seen(digest, now));
        return found.map(session -> new Actor(session.user(), session.role(), Actor.Kind.USER));
    }

    /** What came of a login. */
    public sealed interface Login {
        /** They are in, with this in their cookie. */
        record In(Secret cookie, Actor actor) implements Login {}

        /** Name or password is wrong; which, nobody is told. */
        record Wrong() implements Login {}

        /** There were too many attempts. */
        record Later(Instant when) implements Login {}
    }

    /** Somebody says who they are. */
    public Login login(String typed, String password, String address) {
        String name = AccessNames.kept(typed);
        Instant now = clock.instant();
        String byName = "user " + digestOf(name);
        String byAddress = "address " + address;
        Optional<Instant> wait = access.loginFailures().attempt(byAddress, MOST_BY_ADDRESS, now);
        wait = wait.isPresent() ? wait : access.loginFailures().attempt(byName, MOST_BY_NAME, now);
        if (wait.isPresent()) {
            return new Login.Later(wait.get());
        }
        Optional<Credentials> known = access.users().credentials(name);
        if (!isRight(known, password)) {
            return new Login.Wrong();
        }
        String hash = known.orElseThrow().hash();
        Secret cookie = Secret.session();
        if (!access.sessions().open(cookie.digest(), name, hash, address, now)) {
            return new Login.Wrong();
        }
        access.loginFailures().forget(byName);
        access.loginFailures().giveBack(byAddress);
        if (passwords.isOld(hash)) {
            access.users().rehash(name, hash, passwords.hash(password));
        }
        return session(cookie.value(), false)
                .<Login>map(actor -> new Login.In(cookie, actor))
                .orElseGet(Login.Wrong::new);
    }

    /** Names are as long as somebody types them. */
    private static String digestOf(String name) {
        return new Secret(name).digest();
    }

    /** Takes the same time whoever is asked for. */
    private boolean isRight(Optional<Credentials> known, String password) {
        if (known.isEmpty()) {
            passwords.pretend(password);
            return false;
        }
        return passwords.matches(password, known.get().hash()) && known.get().active();
    }

    /** Whether it is the password of somebody who is logged in; attempts count as those of a login do. */
    public boolean isPasswordOf(Actor user, String password) {
        String byName = "user " + digestOf(user.name());
        if (access.loginFailures()
                        .attempt(byName, MOST_BY_NAME, clock.instant())
                        .isPresent()
                || !isRight(access.users().credentials(user.name()), password)) {
            return false;
        }
        access.loginFailures().forget(byName);
        return true;
    }

    /** Somebody has left. */
    void logout(String cookie) {
        access.sessions().end(new Secret(cookie).digest());
    }

    /** Forgets sessions and attempts that count no more, and tokens that were over long ago. */
    public void deleteOver() {
        Instant now = clock.instant();
        access.sessions().deleteOver(now, limits);
        access.loginFailures().deleteOld(now);
        access.tokens().deleteOverBefore(now.minus(TOKENS_STAY));
    }
}
