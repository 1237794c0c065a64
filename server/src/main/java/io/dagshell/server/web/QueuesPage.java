package io.dagshell.server.web;

import io.dagshell.server.deploy.WorkSignal;
import io.dagshell.store.orchestration.Agent;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.RunLimit;
import io.dagshell.store.orchestration.WorkQueue;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code /queues}: work queues and the agents that serve them. */
public final class QueuesPage {
    private final Orchestration state;
    private final WorkSignal signal;
    private final Pages pages;

    QueuesPage(Orchestration state, WorkSignal signal, Pages pages) {
        this.state = state;
        this.signal = signal;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/queues", request -> show(request, Optional.empty(), List.of()));
        routes.get("/queues/live", request -> pages.again(request, live()));
        routes.post("/queues", this::set);
        routes.post("/queues/limit", this::limit);
        routes.post("/queues/limit/remove", this::removeLimit);
    }

    private LivePart live() {
        Listed listed = new Listed(
                state.queues().list(), state.limits().list(), state.agents().list());
        return pages.live("queues", "/queues/live", true, "part/queues.jte", listed);
    }

    private void show(Context request, Optional<QueueForm> typed, List<String> problems) {
        String wanted = Optional.ofNullable(request.queryParam("queue")).orElse("");
        Optional<QueueForm> form = typed.or(() -> queue(wanted).map(QueueForm::of));
        pages.show(request, "page/queues.jte", new Page(live(), form, typed(request), tags(), problems));
    }

    private Optional<WorkQueue> queue(String name) {
        return state.queues().list().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst();
    }

    /** Pauses or resumes a queue, or changes its limit and priority; how it is served else stays. */
    private void set(Context request) {
        String name = text(request, "name");
        Optional<WorkQueue> there = queue(name);
        if (there.isEmpty()) {
            pages.missing(
                    request, "There is no work queue '" + name + "'", "The page of queues lists those there are.");
            return;
        }
        WorkQueue queue = there.get();
        if (request.formParam("paused") != null) {
            boolean paused = text(request, "paused").equals("true");
            state.queues().set(name, queue.priority(), queue.concurrency(), paused);
        } else {
            QueueForm form = new QueueForm(name, text(request, "priority"), text(request, "limit"));
            try {
                state.queues().set(name, form.priorityNumber(), form.limitNumber(), queue.paused());
            } catch (RefusedException | IllegalArgumentException wrong) {
                request.status(HttpStatus.BAD_REQUEST);
                show(request, Optional.of(form), List.of(String.valueOf(wrong.getMessage())));
                return;
            }
        }
        signal.give();
        request.redirect("/queues", HttpStatus.SEE_OTHER);
    }

    private void limit(Context request) {
        String tag = text(request, "tag");
        String limit = text(request, "limit");
        try {
            if (!limit.matches("\\d{1,6}")) {
                throw new IllegalArgumentException(
                        "The limit of a tag is a whole number from 1 to 999999, not '" + limit + "'.");
            }
            state.limits().set(tag, Integer.parseInt(limit));
        } catch (RefusedException | IllegalArgumentException wrong) {
            request.status(HttpStatus.BAD_REQUEST);
            LimitForm typed = new LimitForm(tag, limit);
            pages.show(
                    request,
                    "page/queues.jte",
                    new Page(live(), Optional.empty(), typed, tags(), List.of(String.valueOf(wrong.getMessage()))));
            return;
        }
        signal.give();
        request.redirect("/queues", HttpStatus.SEE_OTHER);
    }

    private void removeLimit(Context request) {
        try {
            state.limits().remove(text(request, "tag"));
        } catch (RefusedException gone) {
            // It is as it was to be.
            System.getLogger(QueuesPage.class.getName()).log(System.Logger.Level.DEBUG, "removed already", gone);
        }
        signal.give();
        request.redirect("/queues", HttpStatus.SEE_OTHER);
    }

    /** Tags that deployments have, to choose from. */
    private List<String> tags() {
        return state.deployments().list().stream()
                .flatMap(each -> each.current().settings().tags().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private LimitForm typed(Context request) {
        String tag = Optional.ofNullable(request.queryParam("tag")).orElse("");
        return state.limits().list().stream()
                .filter(limit -> limit.tag().equals(tag))
                .findFirst()
                .map(limit -> new LimitForm(tag, String.valueOf(limit.concurrency())))
                .orElseGet(() -> new LimitForm("", ""));
    }

    /** The limit of a tag, as it is typed. */
    public record LimitForm(String tag, String limit) {}

    private static String text(Context request, String name) {
        return Optional.ofNullable(request.formParam(name)).orElse("").strip();
    }

    /** How a queue is served, as it is typed. */
    public record QueueForm(String name, String priority, String limit) {
        static QueueForm of(WorkQueue queue) {
            return new QueueForm(
                    queue.name(),
                    String.valueOf(queue.priority()),
                    queue.concurrency().isPresent()
                            ? String.valueOf(queue.concurrency().getAsInt())
                            : "");
        }

        private int priorityNumber() {
            return number("priority", priority);
        }

        private OptionalInt limitNumber() {
            return limit.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number("limit", limit));
        }

        private static int number(String field, String text) {
            if (!text.matches("\\d{1,6}")) {
                throw new IllegalArgumentException(
                        "The " + field + " of a queue is a whole number up to 999999, not '" + text + "'.");
            }
            return Integer.parseInt(text);
        }
    }

    /** What the page gets. */
    public record Page(
            LivePart live, Optional<QueueForm> form, LimitForm limit, List<String> tags, List<String> problems) {
        public Page {
            tags = List.copyOf(tags);
            problems = List.copyOf(problems);
        }
    }

    /** What the part that changes gets. */
    public record Listed(List<WorkQueue> queues, List<RunLimit> limits, List<Agent> agents) {
        public Listed {
            limits = List.copyOf(limits);
            queues = List.copyOf(queues);
            agents = List.copyOf(agents);
        }
    }
}
