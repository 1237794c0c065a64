package io.dagshell.server.web;

import io.dagshell.server.access.AuditTrail;
import io.dagshell.server.access.Entrance;
import io.dagshell.server.access.Gate;
import io.dagshell.server.access.Gate.Login;
import io.dagshell.server.access.SessionCookie;
import io.dagshell.store.access.AccessNames;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /login}: where people say who they are. */
public final class LoginPage {
    private static final String WRONG = "Name or password is wrong.";

    private final Gate gate;
    private final Entrance entrance;
    private final AuditTrail trail;
    private final Pages pages;
    private final Clock clock;

    LoginPage(Gate gate, Entrance entrance, AuditTrail trail, Pages pages, Clock clock) {
        this.gate = gate;
        this.entrance = entrance;
        this.trail = trail;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/login", request -> show(request, new Form("", next(request.queryParam("next")), List.of())));
        routes.post("/login", this::login);
        routes.post("/logout", this::logout);
    }

    private void show(Context request, Form form) {
        pages.show(request, "page/login.jte", form);
    }

    private void login(Context request) {
        String name = AccessPages.typed(request, "name");
        String next = next(request.formParam("next"));
        Login result = gate.login(name, AccessPages.typed(request, "password"), request.ip());
        if (result instanceof Login.In in) {
            SessionCookie.give(request, in.cookie());
            trail.login(request, in.actor().name(), Optional.of(in.actor()), "");
            request.redirect(next, HttpStatus.SEE_OTHER);
            return;
        }
        if (result instanceof Login.Later later) {
            refuse(request, later.when());
            if (trail.isFirst("login from " + request.ip())) {
                trail.login(request, AccessNames.kept(name), Optional.empty(), "too many attempts");
            }
            show(request, new Form(name, next, List.of(wait(later.when()))));
            return;
        }
        request.status(HttpStatus.UNAUTHORIZED);
        trail.login(request, AccessNames.kept(name), Optional.empty(), "");
        show(request, new Form(name, next, List.of(WRONG)));
    }

    private void refuse(Context request, Instant when) {
        request.status(HttpStatus.TOO_MANY_REQUESTS);
        request.header(Header.RETRY_AFTER, String.valueOf(left(when).toSeconds() + 1));
    }

    private String wait(Instant when) {
        long minutes = left(when).toMinutes() + 1;
        return "There were too many attempts. Try again in " + Shown.count(minutes, "minute") + ".";
    }

    private Duration left(Instant when) {
        Duration left = Duration.between(clock.instant(), when);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void logout(Context request) {
        entrance.logout(request);
        request.redirect("/login", HttpStatus.SEE_OTHER);
    }

    /** A page of this server, and of no other. */
    private static String next(@Nullable String wanted) {
        if (wanted == null || wanted.startsWith("/login")) {
            return "/";
        }
        return wanted.matches("/(?![/\\\\])[\\x21-\\x7e]*") ? wanted : "/";
    }

    /**
     * What the page gets.
     *
     * @param next where to go then
     */
    public record Form(String name, String next, List<String> problems) {
        public Form {
            problems = List.copyOf(problems);
        }
    }
}
