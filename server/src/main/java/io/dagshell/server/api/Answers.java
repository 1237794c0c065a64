package io.dagshell.server.api;

import static io.dagshell.server.api.ApiType.ANY;
import static io.dagshell.server.api.ApiType.COUNT;
import static io.dagshell.server.api.ApiType.DURATION;
import static io.dagshell.server.api.ApiType.FLAG;
import static io.dagshell.server.api.ApiType.ID;
import static io.dagshell.server.api.ApiType.INSTANT;
import static io.dagshell.server.api.ApiType.INSTANTS;
import static io.dagshell.server.api.ApiType.LIMIT;
import static io.dagshell.server.api.ApiType.NUMBER;
import static io.dagshell.server.api.ApiType.NUMBERS;
import static io.dagshell.server.api.ApiType.OBJECT;
import static io.dagshell.server.api.ApiType.PLACE;
import static io.dagshell.server.api.ApiType.STATE;
import static io.dagshell.server.api.ApiType.TEXT;
import static io.dagshell.server.api.ApiType.TEXTS;
import static io.dagshell.server.api.Endpoint.Field.always;
import static io.dagshell.server.api.Endpoint.Field.maybe;

import io.dagshell.store.access.AccessToken;
import io.dagshell.store.access.AuditEntry;
import io.dagshell.store.access.Role;
import io.dagshell.store.orchestration.AlertKind;
import io.dagshell.store.orchestration.AskedApproval;
import io.dagshell.store.orchestration.Backfill;
import io.dagshell.store.orchestration.BackfillInstant;
import io.dagshell.store.orchestration.CatchUp;
import io.dagshell.store.orchestration.Overlap;
import io.dagshell.store.orchestration.Rerun;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The objects of answers as they are described; {@link ApiJson} writes them. */
final class Answers {
    private static final ApiType ANY_NUMBER = ApiType.number("a whole number", Long.MIN_VALUE, Long.MAX_VALUE);
    static final ApiType OVERLAP = words(Overlap.class);
    static final ApiType CATCH_UP = words(CatchUp.class);
    static final ApiType RERUN = words(Rerun.class);
    static final ApiType MOMENT = ApiType.matching(
            "a day such as 2026-01-31, a time such as 2026-01-31T06:00, or an instant",
            "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?");
    static final ApiType ALERT_KIND = words(AlertKind.class);

    static final Shape VERSION = Shape.of(
            "Version",
            always("version", TEXT),
            always("flow", TEXT),
            always("jdk", NUMBER),
            always("queue", TEXT),
            always("description", TEXT),
            always("tags", TEXTS),
            maybe("concurrency", LIMIT),
            always("retries", COUNT),
            always("retryDelay", DURATION),
            always("retryDelays", TEXT),
            always("retryWhen", TEXTS),
            maybe("pauseAfterFailures", LIMIT),
            always("parameters", ANY),
            always("created", INSTANT));
    static final Shape DEPLOYMENT = VERSION.and(
            "Deployment",
            always("name", TEXT),
            always("paused", FLAG),
            maybe("pausedReason", TEXT),
            always("updated", INSTANT));
    static final Shape SCHEDULE = Shape.of(
            "Schedule",
            always("id", ID),
            always("deployment", TEXT),
            maybe("cron", TEXT),
            maybe("rrule", TEXT),
            maybe("zone", TEXT),
            maybe("every", DURATION),
            maybe("anchor", INSTANT),
            always("parameters", OBJECT),
            always("active", FLAG),
            always("overlap", OVERLAP),
            always("catchUp", CATCH_UP),
            always("fromFile", FLAG),
            maybe("nextDue", INSTANT),
            always("ended", FLAG));
    static final Shape UPCOMING = SCHEDULE.and("UpcomingSchedule", always("upcoming", INSTANTS));
    static final Shape DEPLOYMENT_DETAIL = DEPLOYMENT.and(
            "DeploymentDetail",
            always("notebook", TEXT),
            always("schema", OBJECT),
            always("blocks", TEXTS),
            always("picture", TEXT),
            maybe("memory", TEXT),
            always("schedules", ApiType.listOf(SCHEDULE)));

    static final Shape APPROVAL = Shape.of(
            "Approval",
            always("run", ID),
            maybe("deployment", TEXT),
            always("place", TEXT),
            always("question", TEXT),
            always("schema", OBJECT),
            always("asked", INSTANT),
            maybe("until", INSTANT),
            always("state", words(AskedApproval.State.class)),
            maybe("values", OBJECT),
            maybe("reason", TEXT),
            maybe("by", TEXT),
            maybe("answered", INSTANT));

    static final Shape RUN = Shape.of(
            "Run",
            always("run", ID),
            always("deployment", TEXT),
            always("version", TEXT),
            always("flow", TEXT),
            always("due", INSTANT),
            always("queue", TEXT),
            always("jdk", NUMBER),
            always("parameters", ANY),
            always("createdBy", TEXT),
            always("attempt", COUNT),
            maybe("schedule", ID),
            maybe("retryOf", ID),
            maybe("resumes", ID),
            maybe("backfill", ID),
            always("retried", COUNT),
            maybe("next", INSTANT),
            always("state", STATE),
            maybe("reason", TEXT),
            maybe("agent", TEXT),
            always("created", INSTANT),
            maybe("started", INSTANT),
            maybe("finished", INSTANT));
    static final Shape ORDER = RUN.and(
            "Order",
            maybe("working_directory", TEXT),
            maybe("memory", TEXT),
            maybe("from", TEXT),
            maybe("place", PLACE),
            always("start", COUNT),
            always("tries", OBJECT),
            maybe("answers", ANY),
            always("blocks", OBJECT));
    static final Shape LISTED_RUN = Shape.of(
            "ListedRun",
            always("run", ID),
            always("flow", TEXT),
            maybe("deployment", TEXT),
            always("state", STATE),
            always("at", INSTANT),
            maybe("started", INSTANT),
            maybe("finished", INSTANT),
            always("parameters", ANY),
            maybe("reason", TEXT),
            always("createdBy", TEXT));
    private static final Shape PROGRESS =
            Shape.of("Progress", always("done", ANY_NUMBER), maybe("total", ANY_NUMBER), always("unit", TEXT));
    private static final Shape FAILURE = Shape.of(
            "Failure",
            always("exception", TEXT),
            always("message", TEXT),
            always("location", TEXT),
            always("trace", TEXT));
    static final Shape TASK = Shape.of(
            "Task",
            always("ordinal", COUNT),
            always("task", TEXT),
            always("kind", TEXT),
            always("path", TEXT),
            maybe("parent", NUMBER),
            always("state", STATE),
            always("attempt", COUNT),
            maybe("message", TEXT),
            maybe("started", INSTANT),
            maybe("finished", INSTANT),
            maybe("summary", TEXT),
            maybe("progress", ApiType.of(PROGRESS)),
            maybe("cache", TEXT),
            maybe("cacheReason", TEXT),
            maybe("failure", ApiType.of(FAILURE)));
    /** One that no deployment ordered has a title, an origin and a source. */
    static final Shape RUN_DETAIL = Shape.of(
            "RunDetail",
            always("run", ID),
            always("flow", TEXT),
            maybe("title", TEXT),
            always("parameters", ANY),
            maybe("origin", TEXT),
            maybe("source", TEXT),
            always("state", STATE),
            maybe("deployment", TEXT),
            maybe("version", TEXT),
            maybe("due", INSTANT),
            maybe("queue", TEXT),
            maybe("jdk", NUMBER),
            maybe("createdBy", TEXT),
            maybe("attempt", COUNT),
            maybe("schedule", ID),
            maybe("retryOf", ID),
            maybe("retriedBy", ID),
            maybe("resumes", ID),
            maybe("backfill", ID),
            maybe("retried", COUNT),
            maybe("next", INSTANT),
            maybe("reason", TEXT),
            maybe("agent", TEXT),
            maybe("created", INSTANT),
            maybe("started", INSTANT),
            maybe("finished", INSTANT),
            always("approvals", ApiType.listOf(APPROVAL)),
            always("tasks", ApiType.listOf(TASK)));

    static final Shape LINE = Shape.of(
            "LogLine",
            always("position", PLACE),
            always("ordinal", COUNT),
            always("at", INSTANT),
            always("level", TEXT),
            always("text", TEXT),
            always("cached", FLAG));

    static final Shape QUEUE = Shape.of(
            "Queue",
            always("name", TEXT),
            always("priority", NUMBER),
            maybe("concurrency", COUNT),
            always("paused", FLAG),
            always("waiting", COUNT),
            always("active", COUNT),
            maybe("lastPolled", INSTANT));
    static final Shape TAG_LIMIT = Shape.of(
            "TagLimit",
            always("tag", TEXT),
            always("concurrency", LIMIT),
            always("active", COUNT),
            always("waiting", COUNT),
            always("deployments", TEXTS));
    static final Shape AGENT = Shape.of(
            "Agent",
            always("name", TEXT),
            always("host", TEXT),
            always("queues", TEXTS),
            always("jdks", NUMBERS),
            always("started", INSTANT),
            always("lastHeartbeat", INSTANT),
            always("running", COUNT),
            always("alive", FLAG),
            maybe("version", TEXT),
            maybe("notServed", TEXT));
    static final Shape BACKFILL = Shape.of(
            "Backfill",
            always("id", ID),
            always("deployment", TEXT),
            maybe("schedule", ID),
            maybe("cron", TEXT),
            maybe("rrule", TEXT),
            maybe("zone", TEXT),
            maybe("every", DURATION),
            maybe("anchor", INSTANT),
            always("parameters", OBJECT),
            always("from", INSTANT),
            always("to", INSTANT),
            always("rerun", RERUN),
            always("limit", LIMIT),
            always("newestFirst", FLAG),
            always("stopAfter", COUNT),
            maybe("queue", TEXT),
            always("state", words(Backfill.State.class)),
            maybe("reason", TEXT),
            always("createdBy", TEXT),
            always("created", INSTANT),
            maybe("finished", INSTANT),
            always("waiting", COUNT),
            always("active", COUNT),
            always("completed", COUNT),
            always("failed", COUNT),
            always("cancelled", COUNT),
            always("leftOut", COUNT),
            always("forgotten", COUNT));
    static final Shape LEFT_OUT = Shape.of("LeftOut", always("reason", TEXT), always("instants", COUNT));
    static final Shape BACKFILL_INSTANT = Shape.of(
            "BackfillInstant",
            always("place", COUNT),
            always("due", INSTANT),
            always("state", words(BackfillInstant.State.class)),
            maybe("reason", TEXT),
            maybe("run", ID),
            maybe("runState", STATE));
    static final Shape MISSING = Shape.of("MissingLibrary", always("sha256", TEXT), always("file", TEXT));

    static final Shape ALERT = Shape.of(
            "Alert",
            always("name", TEXT),
            always("on", ALERT_KIND.list("what it tells of")),
            maybe("deployment", TEXT),
            maybe("after", DURATION),
            always("quiet", DURATION),
            always("block", TEXT),
            always("to", TEXTS),
            always("active", FLAG));
    static final Shape ALERT_MESSAGE = Shape.of(
            "AlertMessage",
            always("id", PLACE),
            always("alert", TEXT),
            always("on", ALERT_KIND),
            always("deployment", TEXT),
            maybe("run", ID),
            always("state", TEXT),
            always("attempts", COUNT),
            always("created", INSTANT),
            maybe("sent", INSTANT),
            maybe("problem", TEXT));
    static final ApiType ROLE = words(Role.class);
    static final ApiType USER_ROLE = ApiType.oneOf(
            "one of viewer, operator, admin", List.of(Role.VIEWER.word(), Role.OPERATOR.word(), Role.ADMIN.word()));
    static final Shape USER = Shape.of(
            "User",
            always("name", TEXT),
            always("role", USER_ROLE),
            always("active", FLAG),
            always("created", INSTANT),
            always("passwordSet", INSTANT),
            maybe("lastLogin", INSTANT));
    static final Shape TOKEN = Shape.of(
            "Token",
            always("name", TEXT),
            always("role", ROLE),
            always("state", words(AccessToken.State.class)),
            always("createdBy", TEXT),
            always("created", INSTANT),
            maybe("expires", INSTANT),
            maybe("revoked", INSTANT),
            maybe("lastUsed", INSTANT));
    static final Shape AUDIT_ENTRY = Shape.of(
            "AuditEntry",
            always("id", ID),
            always("at", INSTANT),
            always("by", TEXT),
            always("kind", TEXT),
            maybe("role", ROLE),
            always("address", TEXT),
            always("via", TEXT),
            always("action", TEXT),
            always("object", TEXT),
            always("outcome", words(AuditEntry.Outcome.class)),
            always("status", NUMBER),
            always("detail", TEXT));

    static final List<Shape> ALL = List.of(
            VERSION,
            DEPLOYMENT,
            SCHEDULE,
            UPCOMING,
            DEPLOYMENT_DETAIL,
            APPROVAL,
            RUN,
            ORDER,
            LISTED_RUN,
            PROGRESS,
            FAILURE,
            TASK,
            RUN_DETAIL,
            LINE,
            QUEUE,
            TAG_LIMIT,
            AGENT,
            BACKFILL,
            LEFT_OUT,
            BACKFILL_INSTANT,
            MISSING,
            ALERT,
            ALERT_MESSAGE,
            USER,
            TOKEN,
            AUDIT_ENTRY);

    private Answers() {}

    private static <E extends Enum<E>> ApiType words(Class<E> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        return ApiType.oneOf("one of " + String.join(", ", words), words);
    }
}
