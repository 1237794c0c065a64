package io.dagshell.server.web;

import io.dagshell.store.orchestration.RunBar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * How many runs there were when, by state.
 *
 * @param bars oldest first, of equal lengths of time
 * @param totals of all bars
 */
public record Bars(List<Bar> bars, Instant from, Map<StateGroup, Integer> totals) {
    public Bars {
        bars = List.copyOf(bars);
        totals = Map.copyOf(totals);
    }

    /**
     * One stretch of time.
     *
     * @param title what it says on hover
     * @param segments from the bottom
     */
    public record Bar(String title, List<Segment> segments) {
        public Bar {
            segments = List.copyOf(segments);
        }
    }

    /** The runs of one group, as a share of the highest bar. */
    public record Segment(StateGroup group, String height) {}

    static Bars of(List<RunBar> counted, Window window) {
        List<Map<StateGroup, Integer>> counts = new ArrayList<>();
        for (int i = 0; i < Window.BARS; i++) {
            counts.add(new EnumMap<>(StateGroup.class));
        }
        Map<StateGroup, Integer> totals = new EnumMap<>(StateGroup.class);
        for (RunBar some : counted) {
            StateGroup group = StateGroup.of(some.state());
            counts.get(window.bar(some.from())).merge(group, some.runs(), Integer::sum);
            totals.merge(group, some.runs(), Integer::sum);
        }
        int highest = counts.stream().mapToInt(Bars::sum).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < Window.BARS; i++) {
            bars.add(bar(counts.get(i), window.start(i), highest));
        }
        return new Bars(bars, window.from(), totals);
    }

    public int total() {
        return sum(totals);
    }

    private static Bar bar(Map<StateGroup, Integer> counts, Instant start, int highest) {
        List<Segment> segments = new ArrayList<>();
        StringJoiner said = new StringJoiner(", ", Shown.moment(start) + ": ", "");
        counts.forEach((group, count) -> {
            segments.add(new Segment(group, Shown.percent((double) count / highest)));
            said.add(count + " " + group.word().toLowerCase(Locale.ROOT));
        });
        return new Bar(segments.isEmpty() ? "" : said.toString(), segments);
    }

    private static int sum(Map<StateGroup, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
