package io.dagshell.server.web;

import io.dagshell.store.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * How many runs started when, by state.
 *
 * @param bars oldest first, of equal lengths of time
 */
public record Bars(List<Bar> bars, Instant from, Instant to, int total) {
    private static final int COUNT = 48;

    public Bars {
        bars = List.copyOf(bars);
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

    static Bars of(List<RunRecord> runs, RunFilter filter, Instant now) {
        long width = width(Duration.between(filter.span().since(now).orElseGet(() -> oldest(runs, now)), now));
        Instant to = Instant.ofEpochSecond((now.getEpochSecond() / width + 1) * width);
        Instant from = to.minusSeconds(COUNT * width);
        List<Map<StateGroup, Integer>> counts = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            counts.add(new EnumMap<>(StateGroup.class));
        }
        for (RunRecord run : runs) {
            long at = Duration.between(from, run.startedAt()).toSeconds() / width;
            counts.get((int) Math.max(0, Math.min(COUNT - 1, at))).merge(StateGroup.of(run.state()), 1, Integer::sum);
        }
        int highest = Math.max(1, counts.stream().mapToInt(Bars::sum).max().orElse(1));
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            bars.add(bar(counts.get(i), from.plusSeconds(i * width), highest));
        }
        return new Bars(bars, from, to, runs.size());
    }

    /** Whole seconds or minutes, from whole ones on: the bars stand still until the next one begins. */
    private static long width(Duration span) {
        long seconds = span.toSeconds() / COUNT + 1;
        return seconds <= 120 ? seconds : (seconds / 60 + 1) * 60;
    }

    private static Instant oldest(List<RunRecord> runs, Instant now) {
        return runs.stream().map(RunRecord::startedAt).min(Instant::compareTo).orElse(now.minus(Duration.ofDays(1)));
    }

    private static Bar bar(Map<StateGroup, Integer> counts, Instant start, int highest) {
        List<Segment> segments = new ArrayList<>();
        StringJoiner said = new StringJoiner(", ", Shown.moment(start) + ": ", "");
        counts.forEach((group, count) -> {
            segments.add(new Segment(group, Shown.percent((double) count / highest)));
            said.add(count + " " + group.word().toLowerCase(java.util.Locale.ROOT));
        });
        return new Bar(segments.isEmpty() ? "" : said.toString(), segments);
    }

    private static int sum(Map<StateGroup, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
