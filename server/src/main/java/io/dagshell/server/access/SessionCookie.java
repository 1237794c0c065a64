package io.dagshell.server.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/**
 * What a browser shows once somebody has logged in. Links from elsewhere, such as those of alerts, come with it ({@code
 * SameSite=Lax}); a change from elsewhere neither has it nor passes the check of {@code Origin}. Stateless.
 */
public final class SessionCookie {
    /** What a browser shows that has the server's own token. */
    public static final String SERVER = "dagshell";

    private static final String NAME = "dagshell-session";
    private static final int UNTIL_CLOSED = -1;
    private static final int GONE = 0;

    private SessionCookie() {}

    /** Gives it to the browser, in place of the server's token if it had that. */
    public static void give(Context request, Secret secret) {
        set(request, NAME, secret.value(), UNTIL_CLOSED);
        if (request.cookie(SERVER) != null) {
            set(request, SERVER, "", GONE);
        }
    }

    /** Takes it from the browser. */
    public static void take(Context request) {
        if (request.cookie(NAME) != null) {
            set(request, NAME, "", GONE);
        }
    }

    /** Takes all that lets in from the browser. */
    static void takeAll(Context request) {
        take(request);
        if (request.cookie(SERVER) != null) {
            set(request, SERVER, "", GONE);
        }
    }

    private static void set(Context request, String name, String value, int seconds) {
        boolean secure = request.scheme().equals("https");
        request.cookie(new Cookie(name, value, "/", seconds, secure, true, null, SameSite.LAX));
    }

    static Optional<String> of(Context request) {
        return Optional.ofNullable(request.cookie(NAME)).filter(value -> !value.isEmpty());
    }
}
