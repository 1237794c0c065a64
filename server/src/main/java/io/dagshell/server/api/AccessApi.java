package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.server.access.Actor;
import io.dagshell.server.access.AuditTrail;
import io.dagshell.server.access.Gate;
import io.dagshell.server.access.Secret;
import io.dagshell.store.access.Access;
import io.dagshell.store.access.AccessToken;
import io.dagshell.store.access.AuditEntry;
import io.dagshell.store.access.AuditPage;
import io.dagshell.store.access.AuditQuery;
import io.dagshell.store.access.Role;
import io.dagshell.store.access.User;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** {@code /api/users}, {@code /api/tokens} and {@code /api/audit}. */
final class AccessApi {
    private static final String USER = "/api/users/{user}";
    private static final int PAGE = 100;
    private static final ApiType PAGE_SIZE = ApiType.number("a whole number from 1 to 1000", 1, 1_000);

    private final Gate gate;
    private final Access access;
    private final Clock clock;

    AccessApi(Gate gate, Clock clock) {
        this.gate = gate;
        this.access = gate.access();
        this.clock = clock;
    }

    void add(Endpoints endpoints) {
        endpoints.get("/api/users", "People who may log in.", this::users).gives("users", ApiType.listOf(Answers.USER));
        endpoints
                .post("/api/users", "Adds one; the first is an admin.", this::add)
                .needs("name", ApiType.TEXT)
                .needs("role", Answers.USER_ROLE)
                .needs("password", ApiType.TEXT)
                .gives(Answers.USER)
                .status(201)
                .refuses(409);
        endpoints
                .patch(USER, "Gives another role, disables or enables.", this::change)
                .takes("role", Answers.USER_ROLE)
                .takes("active", ApiType.FLAG)
                .gives(Answers.USER)
                .refuses(409);
        endpoints
                .put(USER + "/password", "Sets a password, which ends all sessions of its user.", this::password)
                .needs("password", ApiType.TEXT)
                .gives(Answers.USER);
        endpoints.delete(USER, "Removes one.", this::remove).refuses(409);
        endpoints
                .get("/api/tokens", "Tokens of programs; of none the token itself.", this::tokens)
                .gives("tokens", ApiType.listOf(Answers.TOKEN));
        endpoints
                .post("/api/tokens", "Makes a token, which is told this once.", this::create)
                .needs("name", ApiType.TEXT)
                .needs("role", Answers.ROLE)
                .takes("expiresIn", ApiType.DURATION)
                .gives("token", ApiType.TEXT)
                .gives("about", ApiType.of(Answers.TOKEN))
                .status(201)
                .refuses(409);
        endpoints.delete("/api/tokens/{token}", "Revokes a token.", this::revoke);
        endpoints
                .get(
                        "/api/audit",
                        "Who did what, the newest first; next of a page is after of the following one.",
                        this::audit)
                .query("limit", PAGE_SIZE)
                .query("by", ApiType.TEXT)
                .query("action", ApiType.TEXT)
                .query("since", ApiType.INSTANT)
                .query("after", ApiType.TEXT)
                .gives("entries", ApiType.listOf(Answers.AUDIT_ENTRY))
                .mayGive("next", ApiType.TEXT);
    }

    private void users(Context request) {
        ObjectNode answer = ApiJson.object();
        answer.set(
                "users",
                ApiJson.array(
                        access.users().list().stream().map(AccessApi::json).toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void add(Context request) {
        RequestBody body = RequestBody.of(request);
        Role role = Role.of(body.required("role"));
        AuditTrail.about(request, body.required("name"));
        AuditTrail.note(request, "role " + role.word());
        User added =
                access.users().add(body.required("name"), role, gate.passwords().hash(body.required("password")));
        request.status(201);
        DeploymentsApi.answer(request, json(added));
    }

    private void change(Context request) {
        RequestBody body = RequestBody.of(request);
        String name = request.pathParam("user");
        Optional<Role> role = body.text("role").map(Role::of);
        Optional<Boolean> active = body.flag("active");
        AuditTrail.note(
                request,
                (role.map(given -> "role " + given.word()).orElse("")
                                + active.map(on -> on ? " enabled" : " disabled")
                                        .orElse(""))
                        .strip());
        DeploymentsApi.answer(request, json(access.users().change(name, role, active)));
    }

    private void password(Context request) {
        String hash = gate.passwords().hash(RequestBody.of(request).required("password"));
        DeploymentsApi.answer(request, json(access.users().setPassword(request.pathParam("user"), hash)));
    }

    private void remove(Context request) {
        access.users().remove(request.pathParam("user"));
        request.status(204);
    }

    private void tokens(Context request) {
        Instant now = clock.instant();
        ObjectNode answer = ApiJson.object();
        answer.set(
                "tokens",
                ApiJson.array(access.tokens().list().stream()
                        .map(token -> json(token, now))
                        .toList()));
        DeploymentsApi.answer(request, answer);
    }

    private void create(Context request) {
        RequestBody body = RequestBody.of(request);
        Role role = Role.of(body.required("role"));
        AuditTrail.about(request, body.required("name"));
        AuditTrail.note(request, "role " + role.word());
        Instant now = clock.instant();
        AccessToken asked =
                AccessToken.of(body.required("name"), role, Actor.of(request).name(), now);
        AccessToken limited = body.duration("expiresIn")
                .map(time -> asked.expiring(now.plus(time)))
                .orElse(asked);
        Secret secret = Secret.token();
        AccessToken kept = access.tokens().create(limited, secret.digest());
        ObjectNode answer = ApiJson.object().put("token", secret.value());
        answer.set("about", json(kept, now));
        request.status(201);
        DeploymentsApi.answer(request, answer);
    }

    private void revoke(Context request) {
        access.tokens().revoke(request.pathParam("token"));
        request.status(204);
    }

    private void audit(Context request) {
        AuditQuery query = AuditQuery.latest(Optional.ofNullable(request.queryParam("limit"))
                .map(Integer::parseInt)
                .orElse(PAGE));
        String by = request.queryParam("by");
        String action = request.queryParam("action");
        String since = request.queryParam("since");
        String after = request.queryParam("after");
        query = by == null ? query : query.by(by);
        query = action == null ? query : query.of(action);
        query = since == null ? query : query.since(Instant.parse(since));
        query = after == null ? query : query.from(AuditQuery.Place.parse(after));
        AuditPage page = access.audit().page(query);
        ObjectNode answer = ApiJson.object();
        answer.set(
                "entries",
                ApiJson.array(page.entries().stream().map(AccessApi::json).toList()));
        page.next().ifPresent(place -> answer.put("next", place.toString()));
        DeploymentsApi.answer(request, answer);
    }

    private static ObjectNode json(User user) {
        ObjectNode node = ApiJson.object().put("name", user.name());
        node.put("role", user.role().word()).put("active", user.active());
        node.put("created", user.createdAt().toString());
        node.put("passwordSet", user.passwordAt().toString());
        user.seenAt().ifPresent(at -> node.put("lastLogin", at.toString()));
        return node;
    }

    private static ObjectNode json(AccessToken token, Instant now) {
        ObjectNode node = ApiJson.object().put("name", token.name());
        node.put("role", token.role().word());
        node.put("state", token.state(now).name().toLowerCase(Locale.ROOT));
        node.put("createdBy", token.createdBy())
                .put("created", token.createdAt().toString());
        token.expiresAt().ifPresent(at -> node.put("expires", at.toString()));
        token.revokedAt().ifPresent(at -> node.put("revoked", at.toString()));
        token.seenAt().ifPresent(at -> node.put("lastUsed", at.toString()));
        return node;
    }

    private static ObjectNode json(AuditEntry entry) {
        ObjectNode node = ApiJson.object().put("id", entry.id());
        node.put("at", entry.at().toString());
        node.put("by", entry.who().name()).put("kind", entry.who().kind());
        entry.who().role().ifPresent(role -> node.put("role", role.word()));
        node.put("address", entry.who().address()).put("via", entry.who().via());
        node.put("action", entry.what().action()).put("object", entry.what().object());
        node.put("outcome", entry.result().outcome().word());
        return node.put("status", entry.result().status())
                .put("detail", entry.result().detail());
    }
}
