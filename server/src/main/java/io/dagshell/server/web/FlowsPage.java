package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /flows}: what ran, by flow; {@code /flows/NAME}: one flow's runs and how long they took. */
public final class FlowsPage {
    private static final int MOST = 5_000;
    private static final int BARS = 30;
    private static final int LONG_BARS = 80;
    private static final int ROWS = 50;

    private final RunHistory history;
    private final Pages pages;

    FlowsPage(RunHistory history, Pages pages) {
        this.history = history;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/flows", request -> pages.show(request, "page/flows.jte", new Page(live())));
        routes.get("/flows/live", request -> pages.again(request, live()));
        routes.get("/flows/{flow}", this::one);
    }

    private LivePart live() {
        Map<String, List<RunRecord>> byFlow = new LinkedHashMap<>();
        history.runs(MOST)
                .forEach(run -> byFlow.computeIfAbsent(run.flow().value(), any -> new ArrayList<>())
                        .add(run));
        List<Flow> flows = byFlow.values().stream().map(FlowsPage::flow).toList();
        return pages.live("flows", "/flows/live", true, "part/flows.jte", new Listed(flows));
    }

    private void one(Context request) {
        String name = request.pathParam("flow");
        List<RunRecord> runs = history.runs(MOST).stream()
                .filter(run -> run.flow().value().equals(name))
                .toList();
        if (runs.isEmpty()) {
            pages.missing(request, "No run of a flow " + name + " is known", "Its page comes with its first run.");
            return;
        }
        List<RunRecord> latest = runs.subList(0, Math.min(ROWS, runs.size()));
        Map<RunId, Map<State, Integer>> tasks =
                history.taskStates(latest.stream().map(RunRecord::id).toList());
        List<RunRow> rows = latest.stream()
                .map(run -> new RunRow(run, TaskCounts.of(tasks.getOrDefault(run.id(), Map.of()))))
                .toList();
        pages.show(request, "page/flow.jte", new One(flow(runs), bars(runs, LONG_BARS), rows));
    }

    private static Flow flow(List<RunRecord> runs) {
        long ended = runs.stream().filter(run -> run.state().isTerminal()).count();
        long good = runs.stream().filter(run -> run.state() == State.COMPLETED).count();
        List<Duration> times = runs.stream()
                .filter(run -> run.state() == State.COMPLETED)
                .flatMap(run -> run.finishedAt().map(end -> Duration.between(run.startedAt(), end)).stream())
                .sorted()
                .toList();
        return new Flow(
                runs.get(0),
                runs.size(),
                ended == 0 ? "–" : Math.round(100.0 * good / ended) + " %",
                times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2)),
                bars(runs, BARS));
    }

    /** The latest runs, oldest first; the height is the time taken, the longest is the full height. */
    static List<RunBar> bars(List<RunRecord> runs, int most) {
        List<RunRecord> latest = runs.subList(0, Math.min(most, runs.size()));
        long longest = latest.stream().mapToLong(FlowsPage::millis).max().orElse(1);
        List<RunBar> bars = new ArrayList<>();
        latest.stream().sorted(Comparator.comparing(RunRecord::startedAt)).forEach(run -> {
            double share = Math.max(0.08, (double) millis(run) / Math.max(1, longest));
            String took = run.finishedAt().isPresent() ? ", " + Shown.took(Duration.ofMillis(millis(run))) : "";
            bars.add(new RunBar(
                    "/runs/" + run.id(),
                    Shown.slug(run.state()),
                    Shown.percent(share),
                    Shown.word(run.state()) + took + ", " + Shown.moment(run.startedAt())));
        });
        return bars;
    }

    private static long millis(RunRecord run) {
        return run.finishedAt()
                .map(end -> Duration.between(run.startedAt(), end).toMillis())
                .orElse(0L);
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
     * @param usual the median of those that completed
     */
    public record Flow(RunRecord latest, int runs, String completed, Optional<Duration> usual, List<RunBar> bars) {
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
