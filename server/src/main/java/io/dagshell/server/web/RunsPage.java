package io.dagshell.server.web;

import io.dagshell.engine.model.TaskName;
import io.dagshell.store.orchestration.ListedRun;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.RunList;
import io.dagshell.store.orchestration.RunPage;
import io.dagshell.store.orchestration.RunQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code /runs}: runs of notebooks, of the command line and of deployments, newest first. */
public final class RunsPage {
    private static final int ROWS = 50;

    private final ListedRuns runs;
    private final Pages pages;
    private final Clock clock;

    RunsPage(ListedRuns runs, Pages pages, Clock clock) {
        this.runs = runs;
        this.pages = pages;
        this.clock = clock;
    }

    void add(RoutesConfig routes) {
        routes.get("/runs", this::answer);
        routes.get("/runs/live", request -> pages.again(request, live(request, RunFilter.of(request))));
    }

    private void answer(Context request) {
        RunFilter filter = RunFilter.of(request);
        pages.show(request, "page/runs.jte", new Page(filter, runs.list().flows(), live(request, filter)));
    }

    private LivePart live(Context request, RunFilter filter) {
        Optional<RunQuery.Place> before = place(Optional.ofNullable(request.queryParam("before")));
        String address = "/runs/live" + before.map(filter::query).orElseGet(filter::query);
        return pages.live("runs", address, true, "part/runs.jte", listed(filter, before));
    }

    private static Optional<RunQuery.Place> place(Optional<String> text) {
        try {
            return text.map(RunQuery.Place::parse);
        } catch (RefusedException none) {
            return Optional.empty();
        }
    }

    private Listed listed(RunFilter filter, Optional<RunQuery.Place> before) {
        RunList list = runs.list();
        Instant now = clock.instant();
        Optional<Instant> earliest = list.earliest();
        Window window = Window.of(filter.span(), earliest.orElse(now), now);
        // One more than is shown tells whether there is a next page.
        RunQuery query = filter.query(ROWS + 1, window);
        RunPage page = list.page(before.map(query::from).orElse(query));
        List<ListedRun> shown = page.runs().stream().limit(ROWS).toList();
        Optional<RunQuery.Place> next =
                page.runs().size() > ROWS ? Optional.of(shown.get(ROWS - 1).place()) : page.next();
        Bars bars =
                Bars.of(list.bars(filter.inAnyState(1, window), window.from(), window.ahead(), window.width()), window);
        return new Listed(
                filter,
                bars,
                chips(bars, filter),
                runs.rows(shown),
                next.map(place -> "/runs" + filter.query(place)),
                before.map(any -> "/runs" + filter.query()),
                earliest.isEmpty());
    }

    private static List<Chip> chips(Bars bars, RunFilter filter) {
        return Arrays.stream(StateGroup.values())
                .map(group -> new Chip(
                        group,
                        Shown.count(bars.totals().getOrDefault(group, 0)),
                        filter.groups().contains(group),
                        "/runs" + filter.toggled(group).query()))
                .toList();
    }

    /** What the page gets. */
    public record Page(RunFilter filter, List<TaskName> flows, LivePart live) {
        public Page {
            flows = List.copyOf(flows);
        }

        public boolean isChosen(TaskName flow) {
            return filter.flow().filter(flow::equals).isPresent();
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
