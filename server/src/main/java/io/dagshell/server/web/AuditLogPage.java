package io.dagshell.server.web;

import io.dagshell.server.access.AccessRule;
import io.dagshell.server.access.AccessRules;
import io.dagshell.store.access.AuditEntry;
import io.dagshell.store.access.AuditLog;
import io.dagshell.store.access.AuditPage;
import io.dagshell.store.access.AuditQuery;
import io.dagshell.store.orchestration.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /audit}: who did what. */
public final class AuditLogPage {
    private static final int ROWS = 50;
    private static final List<String> ACTIONS = Stream.concat(
                    Stream.of("login", "see", "token.use"),
                    AccessRules.all().stream().filter(AccessRule::isAudited).map(AccessRule::action))
            .distinct()
            .sorted()
            .toList();

    private final AuditLog audit;
    private final Pages pages;
    private final Clock clock;

    AuditLogPage(AuditLog audit, Pages pages, Clock clock) {
        this.audit = audit;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/audit", this::answer);
    }

    private void answer(Context request) {
        Filter filter =
                new Filter(text(request, "by").strip(), text(request, "action"), Span.parse(text(request, "span")));
        Optional<AuditQuery.Place> before = place(text(request, "before"));
        AuditQuery query = AuditQuery.latest(ROWS);
        query = filter.by().isEmpty() ? query : query.by(filter.by());
        query = filter.action().isEmpty() ? query : query.of(filter.action());
        query = filter.span().since(clock.instant()).map(query::since).orElse(query);
        query = before.map(query::from).orElse(query);
        AuditPage page = audit.page(query);
        pages.show(
                request,
                "page/audit.jte",
                new Page(
                        page.entries(),
                        filter,
                        page.next().map(place -> "/audit" + filter.query(place.toString())),
                        before.map(any -> "/audit" + filter.query(""))));
    }

    private static Optional<AuditQuery.Place> place(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(AuditQuery.Place.parse(text));
        } catch (RefusedException none) {
            return Optional.empty();
        }
    }

    private static String text(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name)).orElse("");
    }

    /** Which lines are shown. */
    public record Filter(String by, String action, Span span) {
        String query(String before) {
            List<String> parts = new ArrayList<>();
            parts.add("span=" + span.slug());
            if (!by.isEmpty()) {
                parts.add("by=" + Shown.encoded(by));
            }
            if (!action.isEmpty()) {
                parts.add("action=" + Shown.encoded(action));
            }
            if (!before.isEmpty()) {
                parts.add("before=" + Shown.encoded(before));
            }
            return "?" + String.join("&", parts);
        }

        public boolean isNarrow() {
            return !by.isEmpty() || !action.isEmpty() || span != Span.ALL;
        }
    }

    /**
     * What the page gets.
     *
     * @param next address of older lines
     * @param first address of the newest, from further back
     */
    public record Page(List<AuditEntry> entries, Filter filter, Optional<String> next, Optional<String> first) {
        public Page {
            entries = List.copyOf(entries);
        }

        public List<Span> spans() {
            return Arrays.asList(Span.values());
        }

        public List<String> actions() {
            return ACTIONS;
        }
    }

    /** The state whose sign an outcome has. */
    public static String slug(AuditEntry.Outcome outcome) {
        return switch (outcome) {
            case DONE -> "completed";
            case REFUSED -> "cancelled";
            case FAILED -> "failed";
        };
    }
}
