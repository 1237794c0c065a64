package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.State;
import io.dagshell.engine.picture.Amounts;
import io.dagshell.engine.picture.Markup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns calls into lines: each call its own as long as they are few; the many calls of one name (a {@code map}) one
 * line with counts, followed by the few that failed. So a display stays small however large the run.
 */
final class RowGroups {
    /** Up to so many calls in all stand one by one. */
    static final int ONE_BY_ONE = 24;
    /** In a larger run, more than so many calls of one name at one depth become one line. */
    static final int OF_ONE_NAME = 6;

    static final int FAILURES_SHOWN = 5;
    private static final int RESULT_LIMIT = 60;

    private RowGroups() {}

    static List<RunPicture.Row> of(List<TaskRow> calls, Instant now) {
        if (calls.size() <= ONE_BY_ONE) {
            return calls.stream().map(call -> single(call, now)).toList();
        }
        Map<String, List<TaskRow>> byName = new LinkedHashMap<>();
        for (TaskRow call : calls) {
            byName.computeIfAbsent(key(call), any -> new ArrayList<>()).add(call);
        }
        List<RunPicture.Row> rows = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (TaskRow call : calls) {
            List<TaskRow> same = byName.getOrDefault(key(call), List.of());
            if (same.size() <= OF_ONE_NAME) {
                rows.add(single(call, now));
            } else if (told.add(key(call))) {
                rows.add(group(same, now));
                failures(same, now, rows);
            }
        }
        return rows;
    }

    private static String key(TaskRow call) {
        return call.depth + " " + call.name();
    }

    private static void failures(List<TaskRow> same, Instant now, List<RunPicture.Row> rows) {
        same.stream()
                .filter(call -> call.state == State.FAILED)
                .limit(FAILURES_SHOWN)
                .map(call -> single(call, now))
                .forEach(rows::add);
    }

    private static RunPicture.Row single(TaskRow call, Instant now) {
        String attempt = call.attempt > 1 ? String.valueOf(call.attempt) : "";
        String time = call.state == State.PENDING ? "" : Amounts.time(call.took(now));
        return new RunPicture.Row(
                indent(call),
                call.name(),
                call.state,
                call.state.word(),
                attempt,
                time,
                result(call, now),
                cache(call));
    }

    private static int indent(TaskRow call) {
        return Math.max(0, call.depth - 1);
    }

    private static String result(TaskRow call, Instant now) {
        if (call.failure != null || call.state == State.AWAITING_RETRY) {
            String why = call.failure != null ? call.failure.message() : call.message;
            return why == null ? "" : Markup.shortened(Markup.visible(why), RESULT_LIMIT);
        }
        if (call.result != null) {
            return Markup.shortened(Markup.visible(call.result), RESULT_LIMIT);
        }
        return call.progress == null ? "" : progress(call, call.progress, now);
    }

    private static String progress(TaskRow call, RunEvent.Progressed progress, Instant now) {
        OptionalLong total = progress.total();
        String done = Amounts.count(progress.done());
        if (total.isPresent() && total.getAsLong() > 0) {
            done += " of " + Amounts.count(total.getAsLong()) + " (" + 100 * progress.done() / total.getAsLong()
                    + " %)";
        }
        String rate =
                Amounts.rate(progress.done(), call.took(call.ended == null ? progress.at() : now), progress.unit());
        return done + " " + progress.unit() + (rate.isEmpty() ? "" : ", " + rate);
    }

    private static String cache(TaskRow call) {
        RunEvent.CacheConsulted said = call.cache;
        if (said == null) {
            return "";
        }
        return switch (said.outcome()) {
            case HIT ->
                "hit"
                        + said.age().map(age -> ", " + Amounts.age(age)).orElse("")
                        + said.saved()
                                .map(saved -> ", saved " + Amounts.time(saved))
                                .orElse("");
            case MISS -> "miss" + because(said);
            case REFRESHED -> "refreshed" + because(said);
            case NOT_CACHED -> "not cached" + because(said);
            case RESUMED -> said.reason();
        };
    }

    private static String because(RunEvent.CacheConsulted said) {
        boolean saidAlready = said.reason().isBlank() || said.reason().equals("refresh");
        return saidAlready ? "" : ": " + Markup.shortened(Markup.visible(said.reason()), RESULT_LIMIT);
    }

    private static RunPicture.Row group(List<TaskRow> same, Instant now) {
        TaskRow first = same.get(0);
        Map<State, Integer> states = new EnumMap<>(State.class);
        same.forEach(call -> states.merge(call.state, 1, Integer::sum));
        State worst =
                same.stream().map(call -> call.state).reduce(RunStory::together).orElse(State.PENDING);
        String counts = String.join(
                ", ",
                states.entrySet().stream()
                        .map(entry -> Amounts.count(entry.getValue()) + " "
                                + entry.getKey().word())
                        .toList());
        long retried = same.stream().filter(call -> call.attempt > 1).count();
        Duration sum = same.stream().map(call -> call.took(now)).reduce(Duration.ZERO, Duration::plus);
        return new RunPicture.Row(
                indent(first),
                first.name() + " ×" + Amounts.count(same.size()),
                worst,
                counts,
                retried == 0 ? "" : Amounts.count(retried) + " retried",
                Amounts.time(sum) + " in all",
                "",
                caches(same));
    }

    private static String caches(List<TaskRow> same) {
        long hits = count(same, call -> call.cache != null && call.cache.outcome() == RunEvent.CacheOutcome.HIT);
        long misses = count(same, call -> call.cache != null && call.cache.outcome() == RunEvent.CacheOutcome.MISS);
        if (hits + misses == 0) {
            return same.get(0).cache == null ? "" : cache(same.get(0));
        }
        return Amounts.count(hits) + " hits, " + Amounts.count(misses) + " misses";
    }

    private static long count(List<TaskRow> same, Predicate<TaskRow> which) {
        return same.stream().filter(which).count();
    }
}
