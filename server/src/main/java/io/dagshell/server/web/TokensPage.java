package io.dagshell.server.web;

import io.dagshell.engine.parameter.DurationText;
import io.dagshell.server.access.Actor;
import io.dagshell.server.access.AuditTrail;
import io.dagshell.server.access.Secret;
import io.dagshell.store.access.AccessToken;
import io.dagshell.store.access.Role;
import io.dagshell.store.access.Tokens;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /tokens}: what lets programs in. */
public final class TokensPage {
    private final Tokens tokens;
    private final Pages pages;
    private final Clock clock;

    TokensPage(Tokens tokens, Pages pages, Clock clock) {
        this.tokens = tokens;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/tokens", request -> show(request, Form.blank(), Optional.empty(), List.of()));
        routes.post("/tokens", this::create);
        routes.post("/tokens/revoke", this::revoke);
    }

    private void show(Context request, Form form, Optional<Made> made, List<String> problems) {
        Instant now = clock.instant();
        List<Row> rows = tokens.list().stream()
                .map(token -> new Row(token, token.state(now)))
                .toList();
        pages.show(request, "page/tokens.jte", new Page(rows, form, made, problems));
    }

    private void create(Context request) {
        Form form = new Form(
                AccessPages.typed(request, "name").strip(),
                AccessPages.typed(request, "role"),
                AccessPages.typed(request, "expires").strip());
        try {
            Role role = Role.of(form.role());
            AuditTrail.note(request, "role " + role.word());
            Instant now = clock.instant();
            AccessToken asked =
                    AccessToken.of(form.name(), role, Actor.of(request).name(), now);
            AccessToken limited =
                    form.expires().isEmpty() ? asked : asked.expiring(now.plus(DurationText.parse(form.expires())));
            Secret secret = Secret.token();
            AccessToken kept = tokens.create(limited, secret.digest());
            // No redirect: this is the one time that it can be shown.
            show(request, Form.blank(), Optional.of(new Made(kept.name(), secret.value())), List.of());
        } catch (RefusedException refused) {
            refuse(request, form, String.valueOf(refused.getMessage()));
        } catch (DateTimeException | ArithmeticException | NumberFormatException wrong) {
            refuse(request, form, "A token expires after a time such as 12h or 90d, not '" + form.expires() + "'.");
        }
    }

    private void refuse(Context request, Form form, String problem) {
        request.status(HttpStatus.BAD_REQUEST);
        show(request, form, Optional.empty(), List.of(problem));
    }

    private void revoke(Context request) {
        try {
            tokens.revoke(AccessPages.typed(request, "name"));
            request.redirect("/tokens", HttpStatus.SEE_OTHER);
        } catch (RefusedException refused) {
            refuse(request, Form.blank(), String.valueOf(refused.getMessage()));
        }
    }

    /** A token in the list. */
    public record Row(AccessToken token, AccessToken.State state) {
        public boolean isLive() {
            return state == AccessToken.State.LIVE;
        }

        public boolean isRevocable() {
            return state != AccessToken.State.REVOKED;
        }

        public String word() {
            return state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** A new one, as it is typed. */
    public record Form(String name, String role, String expires) {
        static Form blank() {
            return new Form("", Role.OPERATOR.word(), "90d");
        }
    }

    /** What was made just now, with the one text that lets in. */
    public record Made(String name, String secret) {}

    /** What the page gets. */
    public record Page(List<Row> rows, Form form, Optional<Made> made, List<String> problems) {
        public Page {
            rows = List.copyOf(rows);
            problems = List.copyOf(problems);
        }

        public List<Role> roles() {
            return Arrays.asList(Role.values());
        }
    }
}
