package io.dagshell.server;

import io.dagshell.server.access.Actor;
import io.dagshell.server.access.Entrance;
import io.dagshell.server.access.SessionCookie;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Header;
import io.javalin.http.SameSite;
import io.javalin.http.UnauthorizedResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in. Programs show the token in {@code Authorization: Bearer}; a browser shows it once in the address
 * ({@code ?token=…}) and has a cookie from then on. A page of another site can neither send that cookie
 * ({@code SameSite=Strict}) nor pass the check of {@code Origin}; a name that was bent to the loopback address
 * (DNS rebinding) does not pass the check of {@code Host}. Once there are users and tokens of programs, {@link Entrance}
 * lets those in too.
 */
final class Guard {
    private static final int SESSION = -1;
    private static final Set<String> FREE = Set.of("/health");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final byte[] token;
    private final MetricsToken metrics;
    private final boolean open;
    private final boolean tls;
    private final Entrance entrance;

    /** {@code tls}: over TLS alone; {@code open}: under any name without it. */
    Guard(String token, boolean open, boolean tls, Entrance entrance) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.metrics = MetricsToken.of(token);
        this.open = open;
        this.tls = tls;
        this.entrance = entrance;
    }

    /** Before every request. */
    void check(Context request) {
        Actor.nobody(request);
        protect(request);
        requireTls(request);
        requireHost(request);
        if (FREE.contains(request.path())) {
            return;
        }
        String carried = bearer(request);
        if (isToken(carried) || (request.path().equals(MetricsToken.PATH) && metrics.fits(carried))) {
            Actor.SERVER.enter(request);
            return;
        }
        if (carried != null && entrance.byToken(request, carried)) {
            return;
        }
        String shown = request.queryParam("token");
        if (isToken(shown) && SAFE.contains(request.method().name())) {
            enter(request, String.valueOf(shown));
            return;
        }
        if (!entrance.bySession(request) && isToken(request.cookie(SessionCookie.SERVER))) {
            Actor.SERVER.enter(request);
        } else if (Actor.of(request).isNobody() && !entrance.isForStrangers(request)) {
            if (entrance.sendsToLogin(request)) {
                return;
            }
            request.header(Header.WWW_AUTHENTICATE, "Bearer");
            throw new UnauthorizedResponse(entrance.advice(carried)
                    .orElse("Open the address that `dagshell server start` printed: it has the token in it."));
        }
        requireOrigin(request);
    }

    /** The address without the token, which would stay in the browser's history. */
    private static void enter(Context request, String shown) {
        boolean secure = request.scheme().equals("https");
        request.cookie(new Cookie(SessionCookie.SERVER, shown, "/", SESSION, secure, true, null, SameSite.STRICT));
        SessionCookie.take(request);
        request.redirect(request.path());
        request.skipRemainingHandlers();
    }

    private static void protect(Context request) {
        request.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                        + " img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'none'");
        request.header("X-Content-Type-Options", "nosniff");
        // Not "no-referrer": with that browsers send "Origin: null" from the own pages too, and every form would be
        // refused.
        request.header("Referrer-Policy", "same-origin");
        request.header(Header.CACHE_CONTROL, "no-store");
    }

    private void requireTls(Context request) {
        if (tls && !request.scheme().equals("https")) {
            throw new BadRequestResponse(
                    "This server speaks TLS only: write https://" + request.header(Header.HOST) + ".");
        }
    }

    /** Over TLS a name that was bent here is no name of the certificate, and no browser would have come so far. */
    private void requireHost(Context request) {
        String host = Optional.ofNullable(request.header(Header.HOST)).orElse("");
        if (!open && !tls && !LOCAL_NAMES.contains(host.replaceFirst(":\\d+$", ""))) {
            throw new ForbiddenResponse(
                    "This server answers on this machine's own addresses only, not as " + host + ".");
        }
    }

    private static void requireOrigin(Context request) {
        String origin = request.header(Header.ORIGIN);
        boolean own = origin != null && origin.equals(request.scheme() + "://" + request.header(Header.HOST));
        if (!SAFE.contains(request.method().name()) && !own) {
            throw new ForbiddenResponse("A change must come from the dashboard's own pages.");
        }
    }

    private static @Nullable String bearer(Context request) {
        String header = request.header(Header.AUTHORIZATION);
        return header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : null;
    }

    private boolean isToken(@Nullable String shown) {
        return shown != null && MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
    }
}
