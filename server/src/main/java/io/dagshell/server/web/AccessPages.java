package io.dagshell.server.web;

import io.dagshell.server.access.AuditTrail;
import io.dagshell.server.access.Entrance;
import io.dagshell.server.access.Gate;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;

/** Pages where people say who they are, and where admins say who may do what. */
public final class AccessPages {
    private final LoginPage login;
    private final AccountPage account;
    private final UsersPage users;
    private final TokensPage tokens;
    private final AuditLogPage audit;

    public AccessPages(Gate gate, Entrance entrance, AuditTrail trail, Clock clock) {
        Pages pages = new Pages();
        login = new LoginPage(gate, entrance, trail, pages, clock);
        account = new AccountPage(gate, pages);
        users = new UsersPage(gate, pages);
        tokens = new TokensPage(gate.access().tokens(), pages, clock);
        audit = new AuditLogPage(gate.access().audit(), pages, clock);
    }

    /** Adds the handlers. */
    public void add(RoutesConfig routes) {
        login.add(routes);
        account.add(routes);
        users.add(routes);
        tokens.add(routes);
        audit.add(routes);
    }

    /** A field of a form, as it was typed; empty if it is not there. */
    static String typed(Context request, String field) {
        return Optional.ofNullable(request.formParam(field)).orElse("");
    }
}
