package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /runs}: runs of notebooks, of the command line and of deployments, newest first. */
public final class RunsPage {
    private static final int ROWS = 50;
    /** Enough for what a person looks through; a page further back is asked for by its last run. */
    private static final int MOST = 5_000;

    private final RunHistory history;
    private final DeployedRuns runs;
    private final Pages pages;
    private final Clock clock;

    RunsPage(RunHistory history, DeployedRuns runs, Pages pages, Clock clock) {
        this.history = history;
        this.runs = runs;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/", this::answer);
        routes.get("/runs", this::answer);
        routes.get("/runs/live", request -> pages.again(request, live(request, RunFilter.of(request))));
    }

    private void answer(Context request) {
        RunFilter filter = RunFilter.of(request);
        List<String> flows = runs.latest(MOST).stream()
                .map(RunRecord::title)
                .distinct()
                .sorted()
                .toList();
        pages.show(request, "page/runs.jte", new Page(filter, flows, live(request, filter)));
    }

    private LivePart live(Context request, RunFilter filter) {
        Optional<String> before = Optional.ofNullable(request.queryParam("before"));
        String query = filter.query();
        String address = "/runs/live" + query
                + before.map(id -> (query.isEmpty() ? "?" : "&") + "before=" + Shown.encoded(id))
                        .orElse("");
        return pages.live("runs", address, true, "part/runs.jte", listed(filter, before));
    }

    private Listed listed(RunFilter filter, Optional<String> before) {
        Instant now = clock.instant();
        List<RunRecord> all = runs.latest(MOST);
        List<RunRecord> known = all.stream()
                .filter(run -> filter.reaches(run.startedAt(), now) && filter.takesInAnyState(run))
                .toList();
        List<RunRecord> wanted = known.stream()
                .filter(filter::takes)
                .dropWhile(run -> before.isPresent() && isAtOrAfter(run, all, before.get()))
                .limit(ROWS + 1L)
                .toList();
        List<RunRecord> shown = wanted.size() > ROWS ? wanted.subList(0, ROWS) : wanted;
        Optional<String> next = wanted.size() > ROWS
                ? Optional.of(address(filter, shown.get(ROWS - 1).id()))
                : Optional.empty();
        return new Listed(
                filter,
                Bars.of(known, filter, now),
                chips(known, filter),
                rows(shown),
                next,
                before.map(any -> "/runs" + filter.query()),
                all.isEmpty());
    }

    private static String address(RunFilter filter, RunId last) {
        String query = filter.query();
        return "/runs" + query + (query.isEmpty() ? "?" : "&") + "before=" + last;
    }

    private static boolean isAtOrAfter(RunRecord run, List<RunRecord> all, String id) {
        Optional<RunRecord> mark =
                all.stream().filter(each -> each.id().toString().equals(id)).findFirst();
        return mark.map(each -> run.startedAt().isAfter(each.startedAt())
                        || (run.startedAt().equals(each.startedAt()) && run.id().compareTo(each.id()) >= 0))
                .orElse(false);
    }

    private static List<Chip> chips(List<RunRecord> known, RunFilter filter) {
        List<Chip> chips = new ArrayList<>();
        for (StateGroup group : StateGroup.values()) {
            long count = known.stream().filter(run -> group.has(run.state())).count();
            chips.add(new Chip(
                    group,
                    Shown.count(count),
                    filter.groups().contains(group),
                    "/runs" + filter.toggled(group).query()));
        }
        return chips;
    }

    private List<RunRow> rows(List<RunRecord> runs) {
        Map<RunId, Map<State, Integer>> tasks =
                history.taskStates(runs.stream().map(RunRecord::id).toList());
        return runs.stream()
                .map(run -> new RunRow(run, TaskCounts.of(tasks.getOrDefault(run.id(), Map.of()))))
                .toList();
    }

    /** What the page gets. */
    public record Page(RunFilter filter, List<String> flows, LivePart live) {
        public Page {
            flows = List.copyOf(flows);
        }

        public List<Span> spans() {
            return Arrays.asList(Span.values());
        }
    }

    /**
     * What the part that changes gets.
     *
     * @param next address of older runs
     * @param first address of the newest, from further back
     * @param empty whether there is no run at all
     */
    public record Listed(
            RunFilter filter,
            Bars bars,
            List<Chip> chips,
            List<RunRow> rows,
            Optional<String> next,
            Optional<String> first,
            boolean empty) {
        public Listed {
            chips = List.copyOf(chips);
            rows = List.copyOf(rows);
        }

        /** The same list over all time. */
        public String everything() {
            return "/runs" + filter.withSpan(Span.ALL).query();
        }

        public boolean narrow() {
            return filter.isNarrow();
        }
    }

    /** A group of states with the number of its runs. */
    public record Chip(StateGroup group, String count, boolean chosen, String address) {}
}
