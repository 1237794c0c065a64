package io.dagshell.server.access;

import io.dagshell.store.StoreException;
import io.dagshell.store.access.AuditEntry;
import io.dagshell.store.access.AuditEntry.Outcome;
import io.dagshell.store.access.AuditEntry.Result;
import io.dagshell.store.access.AuditEntry.What;
import io.dagshell.store.access.AuditEntry.Who;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes down what was done, by whom, from where and how it ended, once the answer is made; nothing until there is a user
 * or a token. A line says which object, never what was sent with it: values of parameters, passwords and tokens are not
 * looked at. Thread-safe.
 */
public final class AuditTrail {
    private static final String RULE = "dagshell.audit.rule";
    private static final String OBJECT = "dagshell.audit.object";
    private static final String DETAIL = "dagshell.audit.detail";
    private static final int REFUSED_FROM = 400;
    private static final int FAILED_FROM = 500;
    private static final int FORBIDDEN = 403;

    private static final Duration ALIKE = Duration.ofMinutes(1);
    private static final int MOST_ALIKE = 10_000;

    private final Gate gate;
    private final Map<String, Instant> first = new ConcurrentHashMap<>();

    public AuditTrail(Gate gate) {
        this.gate = gate;
    }

    /** What a request was about, where its path, its query and its form do not say. */
    public static void about(Context request, String object) {
        request.attribute(OBJECT, object);
    }

    /** What more there is to know, in a few words that are no secret. */
    public static void note(Context request, String detail) {
        request.attribute(DETAIL, detail);
    }

    /** The request changed nothing, though others by its route do. */
    public static void nothing(Context request) {
        request.attribute(RULE, null);
    }

    /** Before a request is answered. */
    void begin(Context request, AccessRule rule) {
        request.attribute(RULE, rule);
        if (rule.path().contains("{" + rule.object() + "}")) {
            about(request, request.pathParam(rule.object()));
        }
    }

    /** After its answer is made. */
    void end(Context request) {
        AccessRule rule = request.attribute(RULE);
        int status = request.statusCode();
        if (rule != null && (rule.isAudited() || status == FORBIDDEN)) {
            String action = rule.isAudited() ? rule.action() : "see";
            String object = rule.isAudited() ? object(request, rule) : request.path();
            Actor actor = Actor.of(request);
            add(
                    who(request, actor.name(), actor.kind(), Optional.of(actor)),
                    new What(action, object),
                    result(request, status));
        }
    }

    private static String object(Context request, AccessRule rule) {
        String told = request.attribute(OBJECT);
        if (told != null || rule.object().isEmpty()) {
            return Optional.ofNullable(told).orElse("");
        }
        return Optional.ofNullable(request.queryParam(rule.object()))
                .or(() -> Optional.ofNullable(request.formParam(rule.object())))
                .orElse("");
    }

    private static Result result(Context request, int status) {
        Outcome outcome =
                status < REFUSED_FROM ? Outcome.DONE : status < FAILED_FROM ? Outcome.REFUSED : Outcome.FAILED;
        return new Result(
                outcome,
                status,
                Optional.ofNullable(request.<String>attribute(DETAIL)).orElse(""));
    }

    private static Who who(Context request, String name, Actor.Kind kind, Optional<Actor> known) {
        String via = request.path().startsWith("/api/") ? "api" : "dashboard";
        return new Who(name, kind.word(), known.map(Actor::role), request.ip(), via);
    }

    /** Somebody logged in, or was not let in. */
    public void login(Context request, String name, Optional<Actor> let, String detail) {
        Result result = let.isPresent()
                ? new Result(Outcome.DONE, 303, detail)
                : new Result(Outcome.REFUSED, request.statusCode(), detail);
        Actor.Kind kind = let.map(Actor::kind).orElse(Actor.Kind.NOBODY);
        add(who(request, name, kind, let), new What("login", ""), result);
    }

    /** A token was shown that lets nobody in any more. */
    void expired(Context request, String name, String detail) {
        add(
                who(request, name, Actor.Kind.NOBODY, Optional.empty()),
                new What("token.use", name),
                new Result(Outcome.REFUSED, 401, detail));
    }

    /** Whether nothing like it was asked about within a minute: what strangers repeat must not fill the log. */
    public boolean isFirst(String like) {
        Instant now = gate.clock().instant();
        if (first.size() > MOST_ALIKE) {
            first.clear();
        }
        Instant last = first.get(like);
        if (last != null && Duration.between(last, now).abs().compareTo(ALIKE) < 0) {
            return false;
        }
        first.put(like, now);
        return true;
    }

    private void add(Who who, What what, Result result) {
        try {
            if (!gate.isOn()) {
                return;
            }
            AuditEntry entry = AuditEntry.of(gate.clock().instant(), who, what, result);
            gate.access().audit().add(entry);
            log().log(System.Logger.Level.INFO, () -> sentence(entry));
        } catch (StoreException away) {
            // What was asked for is done or not by now, and its answer made: it is not held back.
            log().log(
                            System.Logger.Level.WARNING,
                            "a line could not be written: " + who.name() + " " + what.action() + " " + what.object(),
                            away);
        }
    }

    private static String sentence(AuditEntry entry) {
        String name = entry.who().name()
                + entry.who().role().map(role -> " (" + role.word() + ")").orElse("");
        String object =
                entry.what().object().isEmpty() ? "" : " " + entry.what().object();
        String detail =
                entry.result().detail().isEmpty() ? "" : ", " + entry.result().detail();
        return name.replaceAll("\\p{Cntrl}", " ") + " from " + entry.who().address() + ": "
                + entry.what().action() + object.replaceAll("\\p{Cntrl}", " ") + " "
                + entry.result().outcome().word() + detail;
    }

    /** Asked for when there is something to say: the first one looks through every jar. */
    private static System.Logger log() {
        return System.getLogger("dagshell.audit");
    }
}
