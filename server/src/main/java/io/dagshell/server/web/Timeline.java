package io.dagshell.server.web;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import io.dagshell.store.AttemptRecord;
import io.dagshell.store.RunRecord;
import io.dagshell.store.TaskRunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws the calls of a run on its time. A few have a line each, with their attempts; of many, those of one name share a
 * line that shows, for each of its places, the state that tells most.
 */
final class Timeline {
    private static final int LINES = 60;
    private static final int PLACES = 300;
    private static final int TICKS = 7;
    private static final long[] STEPS = {
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_800_000,
        3_600_000,
        7_200_000,
        14_400_000,
        28_800_000,
        86_400_000
    };

    private final Calls calls;
    private final Map<Integer, List<AttemptRecord>> attempts;
    private final String base;
    private final Instant from;
    private final Instant to;

    Timeline(RunRecord run, Calls calls, List<AttemptRecord> attempts, Instant now) {
        this.calls = calls;
        this.attempts = attempts.stream().collect(Collectors.groupingBy(AttemptRecord::ordinal));
        this.base = "/runs/" + run.id();
        this.from = run.startedAt();
        Instant end = run.finishedAt().orElse(now);
        this.to = end.isAfter(from) ? end : from.plusMillis(1);
    }

    TimelineView view() {
        List<TaskRunRecord> inner = calls.inner();
        boolean grouped = inner.size() > LINES;
        return new TimelineView(
                ticks(),
                grouped ? groups(inner) : inner.stream().map(this::line).toList(),
                grouped);
    }

    private List<TimelineView.Tick> ticks() {
        long length = Duration.between(from, to).toMillis();
        long step = Arrays.stream(STEPS)
                .filter(candidate -> length / candidate <= TICKS)
                .findFirst()
                .orElse(length / TICKS);
        List<TimelineView.Tick> ticks = new ArrayList<>();
        for (long at = 0; at <= length * 0.96; at += step) {
            ticks.add(new TimelineView.Tick(
                    Shown.percent((double) at / length), at == 0 ? "0" : brief(Duration.ofMillis(at))));
        }
        return ticks;
    }

    /** {@code 2 s}, not {@code 2.00 s}. */
    private static String brief(Duration duration) {
        return Shown.took(duration).replaceFirst("\\.0+(?= )", "").replaceFirst("(\\.\\d*?)0+(?= )", "$1");
    }

    private TimelineView.Line line(TaskRunRecord call) {
        State state = call.status().state();
        List<TimelineView.Stretch> stretches = new ArrayList<>();
        Instant created = call.status().createdAt();
        Instant started = call.status().startedAt().orElse(end(call));
        if (share(started) - share(created) > 0.002) {
            stretches.add(
                    stretch("wait", created, started, "waited " + Shown.took(Duration.between(created, started))));
        }
        List<AttemptRecord> tries = attempts.getOrDefault(call.call().ordinal(), List.of());
        if (tries.isEmpty() && !started.equals(end(call)) || tries.isEmpty() && state.isTerminal()) {
            stretches.add(stretch(Shown.slug(state), started, end(call), said(call)));
        }
        for (AttemptRecord each : tries) {
            Instant begin = each.startedAt().orElse(created);
            Instant over = each.finishedAt().orElse(to);
            State how = each.state() == State.AWAITING_RETRY ? State.FAILED : each.state();
            stretches.add(stretch(
                    Shown.slug(how),
                    begin,
                    over,
                    "attempt " + each.attempt() + ": " + Shown.took(Duration.between(begin, over))
                            + each.message().map(why -> ", " + why).orElse("")));
        }
        return new TimelineView.Line(
                call.call().ordinal(),
                call.call().task().value(),
                calls.depth(call),
                Shown.slug(state),
                base + "/tasks/" + call.call().ordinal(),
                call.call().upstream().stream().map(String::valueOf).collect(Collectors.joining(",")),
                said(call),
                stretches);
    }

    private String said(TaskRunRecord call) {
        String kind = call.call().kind() == Kind.FLOW ? "flow " : "";
        Instant started = call.status().startedAt().orElse(end(call));
        return kind + call.call().task() + " "
                + Shown.word(call.status().state()).toLowerCase(java.util.Locale.ROOT) + ", "
                + Shown.took(Duration.between(started, end(call)));
    }

    private Instant end(TaskRunRecord call) {
        return call.status().finishedAt().orElse(to);
    }

    private TimelineView.Stretch stretch(String slug, Instant begin, Instant over, String title) {
        double left = share(begin);
        return new TimelineView.Stretch(
                slug, Shown.percent(left), Shown.percent(Math.max(0, share(over) - left)), title);
    }

    private double share(Instant at) {
        double length = Duration.between(from, to).toNanos();
        return Math.max(0, Math.min(1, Duration.between(from, at).toNanos() / length));
    }

    private List<TimelineView.Line> groups(List<TaskRunRecord> inner) {
        Map<String, List<TaskRunRecord>> groups = new LinkedHashMap<>();
        inner.forEach(call -> groups.computeIfAbsent(
                        calls.depth(call) + call.call().task().value(), any -> new ArrayList<>())
                .add(call));
        return groups.values().stream().map(this::group).toList();
    }

    private TimelineView.Line group(List<TaskRunRecord> same) {
        TaskRunRecord first = same.get(0);
        @Nullable State[] places = new State[PLACES];
        State worst = first.status().state();
        for (TaskRunRecord call : same) {
            State state = call.status().state();
            worst = Calls.worst(worst, state);
            int last = place(end(call));
            for (int i = place(call.status().startedAt().orElse(call.status().createdAt())); i <= last; i++) {
                State there = places[i];
                places[i] = there == null ? state : Calls.worst(there, state);
            }
        }
        String name = first.call().task().value();
        return new TimelineView.Line(
                first.call().ordinal(),
                name + " ×" + Shown.count(same.size()),
                calls.depth(first),
                Shown.slug(worst),
                "?task=" + Shown.encoded(name) + "#tasks",
                "",
                TaskCounts.of(same.stream()
                                .collect(Collectors.toMap(call -> call.status().state(), any -> 1, Integer::sum)))
                        .words(),
                runs(places));
    }

    private int place(Instant at) {
        return Math.min(PLACES - 1, (int) (share(at) * PLACES));
    }

    /** Neighbours of one state become one stretch. */
    private static List<TimelineView.Stretch> runs(@Nullable State[] places) {
        List<TimelineView.Stretch> stretches = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= PLACES; i++) {
            State state = places[start];
            if (i < PLACES && places[i] == state) {
                continue;
            }
            if (state != null) {
                stretches.add(new TimelineView.Stretch(
                        Shown.slug(state),
                        Shown.percent((double) start / PLACES),
                        Shown.percent((double) (i - start) / PLACES),
                        Shown.word(state)));
            }
            start = i;
        }
        return stretches;
    }
}
