package io.dagshell.server.access;

import io.dagshell.store.access.Role;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;

/**
 * Who asks something of the server. It is known once a request was let in.
 *
 * <pre>{@code
 * String by = Actor.of(request).or("dashboard");
 * }</pre>
 *
 * @param name of the user or the token
 * @param role which says what it may do
 * @param kind what stands behind the name
 */
public record Actor(String name, Role role, Kind kind) {
    private static final String ATTRIBUTE = "dagshell.actor";

    /** Templates, which get no request, are filled by the thread that answers it. */
    private static final ThreadLocal<Actor> ANSWERED = new ThreadLocal<>();

    /** What somebody is known by. */
    public enum Kind {
        /** A person who logged in. */
        USER,
        /** A program with a token of its own. */
        TOKEN,
        /** Whoever has the token of the server itself, which has no name. */
        SERVER,
        /** Somebody who is to log in yet, and may do nothing else. */
        NOBODY;

        /** How it is written in the audit log. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whoever has the server's own token: it may do everything, and says nothing of who it is. */
    public static final Actor SERVER = new Actor("server token", Role.ADMIN, Kind.SERVER);

    /** Whoever has not said yet who it is. */
    static final Actor NOBODY = new Actor("", Role.VIEWER, Kind.NOBODY);

    /** Whoever asks this; the server's own token if nothing else is known. */
    public static Actor of(Context request) {
        return Optional.ofNullable(request.<Actor>attribute(ATTRIBUTE)).orElse(SERVER);
    }

    /** Whom this thread answers; the server's own token if nothing else is known. */
    public static Actor answered() {
        return Optional.ofNullable(ANSWERED.get()).orElse(SERVER);
    }

    /** Whether it has not said yet who it is. */
    public boolean isNobody() {
        return kind == Kind.NOBODY;
    }

    /** The name; what else is said of who it is, where the server's own token tells nothing of it. */
    public String or(String said) {
        return kind == Kind.SERVER ? said : name;
    }

    /** Whether it may use that route. */
    public boolean may(AccessRule rule) {
        return switch (kind) {
            case USER -> rule.isForUsers() || rule.roles().contains(role);
            case NOBODY -> rule.isForAnyone();
            case TOKEN, SERVER -> rule.roles().contains(role);
        };
    }

    /** From now on {@link #of} answers with this one, and so does {@link #answered} on this thread. */
    public void enter(Context request) {
        request.attribute(ATTRIBUTE, this);
        ANSWERED.set(this);
    }

    /** Nothing is known yet of who asks. */
    public static void nobody(Context request) {
        NOBODY.enter(request);
    }

    /** This thread answers nobody any more. */
    public static void leave() {
        ANSWERED.remove();
    }
}
