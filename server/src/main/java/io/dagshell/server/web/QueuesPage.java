package io.dagshell.server.web;

import io.dagshell.store.orchestration.Agent;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.WorkQueue;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;

/** {@code /queues}: work queues and the agents that serve them. */
public final class QueuesPage {
    private final Orchestration state;
    private final Pages pages;

    QueuesPage(Orchestration state, Pages pages) {
        this.state = state;
        this.pages = pages;
    }

    void add(RoutesConfig routes) {
        routes.get("/queues", request -> pages.show(request, "page/queues.jte", new Page(live())));
        routes.get("/queues/live", request -> pages.again(request, live()));
        routes.post("/queues", this::set);
    }

    private LivePart live() {
        Listed listed = new Listed(state.queues().list(), state.agents().list());
        return pages.live("queues", "/queues/live", true, "part/queues.jte", listed);
    }

    /** Pauses or resumes a queue; how it is served else stays. */
    private void set(Context request) {
        String name = Optional.ofNullable(request.formParam("name")).orElse("");
        boolean paused = "true".equals(request.formParam("paused"));
        try {
            state.queues().list().stream()
                    .filter(queue -> queue.name().equals(name))
                    .findFirst()
                    .ifPresent(queue -> state.queues().set(name, queue.priority(), queue.concurrency(), paused));
        } catch (RefusedException refused) {
            throw new BadRequestResponse(String.valueOf(refused.getMessage()));
        }
        request.redirect("/queues", HttpStatus.SEE_OTHER);
    }

    /** What the page gets. */
    public record Page(LivePart live) {}

    /** What the part that changes gets. */
    public record Listed(List<WorkQueue> queues, List<Agent> agents) {
        public Listed {
            queues = List.copyOf(queues);
            agents = List.copyOf(agents);
        }
    }
}
