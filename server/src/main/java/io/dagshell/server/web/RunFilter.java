package io.dagshell.server.web;

import io.dagshell.store.RunRecord;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Which runs a list shows; it is the query of the page's address, so a list can be kept and sent.
 *
 * @param groups states wanted; empty for all
 * @param flow title wanted; empty for all
 * @param text part of title, flow, id or source; empty for all
 */
public record RunFilter(Set<StateGroup> groups, String flow, Span span, String text) {
    public RunFilter {
        groups = Set.copyOf(groups);
    }

    static RunFilter of(Context request) {
        Set<StateGroup> groups = EnumSet.noneOf(StateGroup.class);
        request.queryParams("state").forEach(slug -> StateGroup.parse(slug).ifPresent(groups::add));
        return new RunFilter(
                groups,
                Optional.ofNullable(request.queryParam("flow")).orElse(""),
                Span.parse(Optional.ofNullable(request.queryParam("span")).orElse("")),
                Optional.ofNullable(request.queryParam("text")).orElse("").strip());
    }

    boolean takes(RunRecord run) {
        return (groups.isEmpty() || groups.contains(StateGroup.of(run.state()))) && takesInAnyState(run);
    }

    /** All but the states, which the bars and the counts of the chips show side by side. */
    boolean takesInAnyState(RunRecord run) {
        return (flow.isEmpty() || run.title().equals(flow)) && (text.isEmpty() || says(run));
    }

    boolean isNarrow() {
        return !groups.isEmpty() || !flow.isEmpty() || !text.isEmpty();
    }

    private boolean says(RunRecord run) {
        String all = run.title() + '\n' + run.flow() + '\n' + run.id() + '\n' + run.source() + '\n' + run.origin();
        return all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    boolean reaches(Instant started, Instant now) {
        return span.since(now).map(since -> !started.isBefore(since)).orElse(true);
    }

    RunFilter withSpan(Span other) {
        return new RunFilter(groups, flow, other, text);
    }

    /** With that group alone, or without any if it is the one. */
    RunFilter toggled(StateGroup group) {
        return new RunFilter(groups.equals(Set.of(group)) ? Set.of() : Set.of(group), flow, span, text);
    }

    /** As the query of an address, with its question mark unless it is empty. */
    String query() {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        if (span != Span.WEEK) {
            query.add("span=" + span.slug());
        }
        groups.stream().sorted().forEach(group -> query.add("state=" + group.slug()));
        if (!flow.isEmpty()) {
            query.add("flow=" + Shown.encoded(flow));
        }
        if (!text.isEmpty()) {
            query.add("text=" + Shown.encoded(text));
        }
        return query.toString();
    }
}
