package io.dagshell.server.web;

import io.dagshell.server.access.Actor;
import io.dagshell.server.access.Gate;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;

/** {@code /account}: who one is, and one's own password. */
public final class AccountPage {
    private final Gate gate;
    private final Pages pages;

    AccountPage(Gate gate, Pages pages) {
        this.gate = gate;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/account", request -> show(request, List.of()));
        routes.post("/account/password", this::change);
    }

    private void show(Context request, List<String> problems) {
        pages.show(request, "page/account.jte", new Page(Actor.of(request), problems));
    }

    /** Ends all sessions, this one too: whoever else has one loses it. */
    private void change(Context request) {
        Actor actor = Actor.of(request);
        String fresh = AccessPages.typed(request, "fresh");
        if (actor.kind() != Actor.Kind.USER) {
            refuse(request, "Only somebody who logged in has a password here.");
            return;
        }
        if (!fresh.equals(AccessPages.typed(request, "again"))) {
            refuse(request, "The new password is not twice the same.");
            return;
        }
        if (!gate.isPasswordOf(actor, AccessPages.typed(request, "password"))) {
            refuse(request, "That is not the password you have now, or there were too many attempts.");
            return;
        }
        try {
            gate.access().users().setPassword(actor.name(), gate.passwords().hash(fresh));
            request.redirect("/login", HttpStatus.SEE_OTHER);
        } catch (RefusedException refused) {
            refuse(request, String.valueOf(refused.getMessage()));
        }
    }

    private void refuse(Context request, String problem) {
        request.status(HttpStatus.BAD_REQUEST);
        show(request, List.of(problem));
    }

    /** What the page gets. */
    public record Page(Actor actor, List<String> problems) {
        public Page {
            problems = List.copyOf(problems);
        }

        public boolean isUser() {
            return actor.kind() == Actor.Kind.USER;
        }
    }
}
