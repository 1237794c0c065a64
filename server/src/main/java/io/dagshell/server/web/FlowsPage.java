package io.dagshell.server.web;

import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.orchestration.ListedRun;
import io.dagshell.store.orchestration.RunList;
import io.dagshell.store.orchestration.RunQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /flows}: what ran, by flow; {@code /flows/NAME}: one flow's runs and how long they took. */
public final class FlowsPage {
    /** Of a flow's runs, those that tell how long one usually takes. */
    private static final int RECENT = 100;

    private static final int BARS = 30;
    private static final int LONG_BARS = 80;
    private static final int ROWS = 50;

    private final ListedRuns runs;
    private final Pages pages;
    private final Clock clock;

    FlowsPage(ListedRuns runs, Pages pages, Clock clock) {
        this.runs = runs;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/flows", request -> pages.show(request, "page/flows.jte", new Page(live())));
        routes.get("/flows/live", request -> pages.again(request, live()));
        routes.get("/flows/{flow}", this::one);
    }

    private LivePart live() {
        RunList list = runs.list();
        List<Flow> flows = list.flows().stream()
                .flatMap(name -> flow(list, name, recent(list, name)).stream())
                .sorted(Comparator.comparing((Flow flow) -> flow.latest().at()).reversed())
                .toList();
        return pages.live("flows", "/flows/live", true, "part/flows.jte", new Listed(flows));
    }

    private void one(Context request) {
        String text = request.pathParam("flow");
        RunList list = runs.list();
        Optional<TaskName> name = RunFilter.flow(text);
        List<ListedRun> recent = name.map(known -> recent(list, known)).orElse(List.of());
        Optional<Flow> flow = name.flatMap(known -> flow(list, known, recent));
        if (flow.isEmpty()) {
            pages.missing(request, "No run of a flow " + text + " is known", "Its page comes with its first run.");
            return;
        }
        List<RunRow> rows = runs.rows(recent.stream().limit(ROWS).toList());
        pages.show(request, "page/flow.jte", new One(flow.get(), bars(recent, LONG_BARS), rows));
    }

    private static List<ListedRun> recent(RunList list, TaskName flow) {
        return list.page(RunQuery.latest(RECENT).withFlow(flow)).runs();
    }

    private Optional<Flow> flow(RunList list, TaskName name, List<ListedRun> recent) {
        if (recent.isEmpty()) {
            return Optional.empty();
        }
        Window ever = Window.of(Span.ALL, Instant.EPOCH, clock.instant());
        Map<State, Integer> counts = new EnumMap<>(State.class);
        list.bars(RunQuery.latest(1).withFlow(name), ever.from(), ever.ahead(), ever.width())
                .forEach(bar -> counts.merge(bar.state(), bar.runs(), Integer::sum));
        // One that waits does not know yet what the flow calls itself.
        ListedRun latest = recent.stream()
                .filter(run -> run.startedAt().isPresent())
                .findFirst()
                .orElse(recent.get(0));
        return Optional.of(new Flow(
                latest,
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                completed(counts),
                usual(recent),
                bars(recent, BARS)));
    }

    private static String completed(Map<State, Integer> counts) {
        int ended = counts.entrySet().stream()
                .filter(each -> each.getKey().isTerminal())
                .mapToInt(Map.Entry::getValue)
                .sum();
        return ended == 0 ? "–" : Math.round(100.0 * counts.getOrDefault(State.COMPLETED, 0) / ended) + " %";
    }

    private static Optional<Duration> usual(List<ListedRun> recent) {
        List<Duration> times = recent.stream()
                .filter(run -> run.state() == State.COMPLETED)
                .flatMap(run -> RunRow.took(run).stream())
                .sorted()
                .toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
    }

    /** The latest runs, oldest first; the height is the time taken, the longest is the full height. */
    static List<RunBar> bars(List<ListedRun> newestFirst, int most) {
        List<ListedRun> latest = newestFirst.subList(0, Math.min(most, newestFirst.size()));
        long longest = latest.stream().mapToLong(FlowsPage::millis).max().orElse(1);
        List<RunBar> bars = new ArrayList<>();
        for (ListedRun run : latest) {
            double share = Math.max(0.08, (double) millis(run) / Math.max(1, longest));
            String took = RunRow.took(run).map(time -> ", " + Shown.took(time)).orElse("");
            bars.add(new RunBar(
                    "/runs/" + run.id(),
                    Shown.slug(run.state()),
                    Shown.percent(share),
                    Shown.word(run.state()) + took + ", "
                            + Shown.moment(run.startedAt().orElse(run.at()))));
        }
        Collections.reverse(bars);
        return bars;
    }

    private static long millis(ListedRun run) {
        return RunRow.took(run).map(Duration::toMillis).orElse(0L);
    }

    /** What the page gets. */
    public record Page(LivePart live) {}

    /** What the part that changes gets. */
    public record Listed(List<Flow> flows) {
        public Listed {
            flows = List.copyOf(flows);
        }
    }

    /** A run as a bar. */
    public record RunBar(String address, String slug, String height, String title) {}

    /**
     * A flow by its runs.
     *
     * @param completed share of those that are over
     * @param usual the median of those that completed of late
     */
    public record Flow(ListedRun latest, int runs, String completed, Optional<Duration> usual, List<RunBar> bars) {
        public Flow {
            bars = List.copyOf(bars);
        }

        public String address() {
            return "/flows/" + latest.flow();
        }
    }

    /** One flow. */
    public record One(Flow flow, List<RunBar> bars, List<RunRow> rows) {
        public One {
            bars = List.copyOf(bars);
            rows = List.copyOf(rows);
        }
    }
}
