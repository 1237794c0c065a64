package io.dagshell.server.web;

import io.dagshell.engine.model.TaskName;
import io.dagshell.store.orchestration.RunQuery;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Which runs a list shows; it is the query of the page's address, so a list can be kept and sent.
 *
 * @param groups states wanted; empty for all
 * @param flow name wanted; empty for all
 * @param text part of title, flow, id or source; empty for all
 */
public record RunFilter(Set<StateGroup> groups, Optional<TaskName> flow, Span span, String text) {
    public RunFilter {
        groups = Set.copyOf(groups);
    }

    /** What an address wants that does not exist is not wanted. */
    static RunFilter of(Context request) {
        Set<StateGroup> groups = EnumSet.noneOf(StateGroup.class);
        request.queryParams("state").forEach(slug -> StateGroup.parse(slug).ifPresent(groups::add));
        return new RunFilter(
                groups,
                flow(Optional.ofNullable(request.queryParam("flow")).orElse("")),
                Span.parse(Optional.ofNullable(request.queryParam("span")).orElse("")),
                Optional.ofNullable(request.queryParam("text")).orElse("").strip());
    }

    static Optional<TaskName> flow(String name) {
        try {
            return Optional.of(new TaskName(name));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** All but the states, which the bars and the counts of the chips show side by side. */
    RunQuery inAnyState(int limit, Window window) {
        RunQuery query = RunQuery.latest(limit).since(window.from()).withText(text);
        return flow.map(query::withFlow).orElse(query);
    }

    RunQuery query(int limit, Window window) {
        return inAnyState(limit, window)
                .withStates(groups.stream()
                        .flatMap(group -> group.states().stream())
                        .toList());
    }

    boolean isNarrow() {
        return !groups.isEmpty() || flow.isPresent() || !text.isEmpty();
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
        flow.ifPresent(name -> query.add("flow=" + Shown.encoded(name.value())));
        if (!text.isEmpty()) {
            query.add("text=" + Shown.encoded(text));
        }
        return query.toString();
    }

    /** The same going on behind a place. */
    String query(RunQuery.Place before) {
        String query = query();
        return query + (query.isEmpty() ? "?" : "&") + "before=" + Shown.encoded(before.toString());
    }
}
