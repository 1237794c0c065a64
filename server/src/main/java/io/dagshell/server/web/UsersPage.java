package io.dagshell.server.web;

import io.dagshell.server.access.AuditTrail;
import io.dagshell.server.access.Gate;
import io.dagshell.store.access.Role;
import io.dagshell.store.access.User;
import io.dagshell.store.access.Users;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;

/** {@code /users}: people who may log in, and what each may do. */
public final class UsersPage {
    private static final List<Role> ROLES = List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN);

    private final Gate gate;
    private final Users users;
    private final Pages pages;

    UsersPage(Gate gate, Pages pages) {
        this.gate = gate;
        this.users = gate.access().users();
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/users", request -> show(request, "", Role.VIEWER.word(), List.of()));
        routes.post("/users", this::add);
        routes.post(
                "/users/role",
                request -> change(request, () -> {
                    Role role = Role.of(AccessPages.typed(request, "role"));
                    AuditTrail.note(request, "role " + role.word());
                    users.setRole(name(request), role);
                }));
        routes.post(
                "/users/active",
                request -> change(request, () -> {
                    boolean active = "true".equals(request.formParam("active"));
                    AuditTrail.note(request, active ? "enabled" : "disabled");
                    users.setActive(name(request), active);
                }));
        routes.post(
                "/users/password",
                request -> change(
                        request,
                        () -> users.setPassword(
                                name(request), gate.passwords().hash(AccessPages.typed(request, "password")))));
        routes.post("/users/remove", request -> change(request, () -> users.remove(name(request))));
    }

    private static String name(Context request) {
        return AccessPages.typed(request, "name").strip();
    }

    private void show(Context request, String name, String role, List<String> problems) {
        pages.show(request, "page/users.jte", new Page(users.list(), name, role, problems));
    }

    private void add(Context request) {
        String role = AccessPages.typed(request, "role");
        try {
            AuditTrail.note(request, "role " + Role.of(role).word());
            users.add(name(request), Role.of(role), gate.passwords().hash(AccessPages.typed(request, "password")));
            request.redirect("/users", HttpStatus.SEE_OTHER);
        } catch (RefusedException refused) {
            request.status(HttpStatus.BAD_REQUEST);
            show(request, name(request), role, List.of(String.valueOf(refused.getMessage())));
        }
    }

    private void change(Context request, Runnable change) {
        try {
            change.run();
            request.redirect("/users", HttpStatus.SEE_OTHER);
        } catch (RefusedException refused) {
            request.status(
                    refused.why() == RefusedException.Why.CONFLICT ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST);
            show(request, "", Role.VIEWER.word(), List.of(String.valueOf(refused.getMessage())));
        }
    }

    /**
     * What the page gets.
     *
     * @param name as it was typed for a new one
     * @param role as it was chosen for a new one
     */
    public record Page(List<User> users, String name, String role, List<String> problems) {
        public Page {
            users = List.copyOf(users);
            problems = List.copyOf(problems);
        }

        public List<Role> roles() {
            return users.isEmpty() ? List.of(Role.ADMIN) : ROLES;
        }
    }
}
