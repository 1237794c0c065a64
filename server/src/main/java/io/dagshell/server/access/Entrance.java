package io.dagshell.server.access;

import io.dagshell.store.access.AccessToken;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpStatus;
import io.javalin.router.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets in those who are known by name, and holds everybody to their role. What is asked of whoever has the server's own
 * token is asked elsewhere and earlier. Thread-safe.
 */
public final class Entrance {
    private static final String LOGIN = "/login";

    private final Gate gate;
    private final AuditTrail trail;

    public Entrance(Gate gate, AuditTrail trail) {
        this.gate = gate;
        this.trail = trail;
    }

    /** What whoever was not let in can do; empty if there is nothing but the server's own token. */
    public Optional<String> advice(@Nullable String shown) {
        if (shown != null && shown.startsWith(Secret.TOKEN)) {
            return Optional.of("That token was revoked, has expired, or never was one.");
        }
        return gate.hasUsers()
                ? Optional.of("Log in on the dashboard, or show a token of your own.")
                : Optional.empty();
    }

    /** Lets a program in by a token of its own; false if it is none, or over. */
    public boolean byToken(Context request, String shown) {
        Optional<AccessToken> token = gate.token(shown);
        if (token.isEmpty()) {
            return false;
        }
        String name = token.get().name();
        AccessToken.State state = gate.state(token.get());
        if (state != AccessToken.State.LIVE) {
            tell(request, name, state);
            return false;
        }
        new Actor(name, token.get().role(), Actor.Kind.TOKEN).enter(request);
        Admission.lastsWhile(
                request,
                () -> gate.token(shown)
                        .filter(now -> gate.state(now) == AccessToken.State.LIVE)
                        .isPresent());
        return true;
    }

    /** A program that does not notice asks again and again. */
    private void tell(Context request, String name, AccessToken.State state) {
        if (trail.isFirst("token " + name)) {
            trail.expired(request, name, state == AccessToken.State.REVOKED ? "it is revoked" : "it has expired");
        }
    }

    /** Lets a person in by the cookie of a login; false if there is none that lasts. */
    public boolean bySession(Context request) {
        Optional<String> cookie = SessionCookie.of(request);
        Optional<Actor> user = cookie.flatMap(value -> gate.session(value, isOfPerson(request)));
        user.ifPresent(known -> {
            known.enter(request);
            Admission.lastsWhile(
                    request, () -> gate.session(cookie.orElseThrow(), false).isPresent());
        });
        return user.isPresent();
    }

    /** A page that is left open asks for its parts by itself: that is nobody's use of a session. */
    private static boolean isOfPerson(Context request) {
        return !request.path().endsWith("/live")
                && !request.path().endsWith("/events")
                && request.queryParam("seen") == null;
    }

    /** Whether somebody who is not known yet may ask for this: the page where they say who they are. */
    public boolean isForStrangers(Context request) {
        boolean login = request.path().equals(LOGIN) || request.path().startsWith("/assets/");
        return login && gate.hasUsers();
    }

    /** Sends a browser to where people say who they are; false if it is none, or nobody could. */
    public boolean sendsToLogin(Context request) {
        boolean page = !request.path().startsWith("/api/") && !request.path().equals("/metrics");
        if (!page || !gate.hasUsers()) {
            return false;
        }
        if ("true".equals(request.header("HX-Request"))) {
            // A part of a page would be filled with the login; the page as a whole goes there.
            request.header("HX-Redirect", LOGIN);
            return false;
        }
        if (!request.method().name().equals("GET")) {
            return false;
        }
        String query = request.queryString();
        String wanted = request.path() + (query == null ? "" : "?" + query);
        String next = wanted.equals("/") ? "" : "?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
        request.redirect(LOGIN + next, HttpStatus.SEE_OTHER);
        request.skipRemainingHandlers();
        return true;
    }

    /** Before a route answers: whether whoever was let in may use it. */
    public void hold(Context request) {
        Endpoint matched = request.endpoints().matchedHttpEndpoint();
        Actor actor = Actor.of(request);
        if (matched == null) {
            // A question for the head of an answer, of which nothing is made.
            if (actor.kind() == Actor.Kind.NOBODY) {
                throw new ForbiddenResponse("Say who you are first.");
            }
            return;
        }
        AccessRule rule = AccessRules.find(matched.method.name(), matched.path)
                .orElseThrow(() -> new ForbiddenResponse("Nobody may use " + matched.path + "."));
        trail.begin(request, rule);
        if (!actor.may(rule)) {
            throw new ForbiddenResponse(refusal(actor, rule));
        }
    }

    private static String refusal(Actor actor, AccessRule rule) {
        if (rule.who() == AccessRule.Who.SELF) {
            return "This is for people who logged in.";
        }
        return "This needs the role " + rule.words() + "; " + actor.name() + " has the role "
                + actor.role().word() + ".";
    }

    /** After an answer is made. */
    public void after(Context request) {
        trail.end(request);
        Actor.leave();
    }

    /** Somebody leaves: their session ends, and the browser forgets it. */
    public void logout(Context request) {
        SessionCookie.of(request).ifPresent(gate::logout);
        SessionCookie.takeAll(request);
    }
}
