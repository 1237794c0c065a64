package io.dagshell.server.access;

import io.dagshell.store.access.Role;
import io.javalin.http.Context;
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

    /** What somebody is known by. */
    public enum Kind {
        /** A person who logged in. */
        USER,
        /** A program with a token of its own. */
        TOKEN,
        /** Whoever has the token of the server itself, which has no name. */
        SERVER
    }

    /** Whoever has the server's own token: it may do everything, and says nothing of who it is. */
    public static final Actor SERVER = new Actor("server token", Role.ADMIN, Kind.SERVER);

    /** Whoever asks this; the server's own token if nothing else is known. */
    public static Actor of(Context request) {
        return Optional.ofNullable(request.<Actor>attribute(ATTRIBUTE)).orElse(SERVER);
    }

    /** The name; what else is said of who it is, where the server's own token tells nothing of it. */
    public String or(String said) {
        return kind == Kind.SERVER ? said : name;
    }

    /** From now on {@link #of} answers with this one. */
    void enter(Context request) {
        request.attribute(ATTRIBUTE, this);
    }
}
