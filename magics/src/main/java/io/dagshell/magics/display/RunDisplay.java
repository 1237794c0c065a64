package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows each run as one display that is updated in place, at most five times a second while it runs and once, complete,
 * when it ended. The display stands where the run began: in the output of its cell. A cell that begins very many runs
 * (a loop that calls a task) gets one line for those beyond the first ones.
 *
 * <p>Events may come from any thread. A {@link RunStory} guards what is known of a run; the monitor of a {@link Shown}
 * orders what is sent, so nothing follows the last update; {@code ticking} guards the rest.
 */
public final class RunDisplay implements RunSink, AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(200);
    private static final int DISPLAYS_OF_A_CELL = 12;
    private static final FlowGraph NO_GRAPH = new FlowGraph(List.of(), List.of());

    private final Function<TaskName, Optional<FlowGraph>> graphs;
    private final Supplier<DisplaySurface> surfaces;
    private final Clock clock;
    private final Map<RunId, Shown> running = new ConcurrentHashMap<>();
    private final Object ticking = new Object();
    private @Nullable Thread ticker;
    private @Nullable DisplaySurface lastSurface;
    private int onLastSurface;
    private @Nullable MoreRuns more;
    private volatile boolean closed;

    /**
     * A display of runs.
     *
     * @param graphs the graph of a flow as it is now
     * @param surfaces the surface of the calling thread's cell, equal for the same cell; asked when a run starts, on the
     *     thread that started it
     */
    public RunDisplay(Function<TaskName, Optional<FlowGraph>> graphs, Supplier<DisplaySurface> surfaces, Clock clock) {
        this.graphs = graphs;
        this.surfaces = surfaces;
        this.clock = clock;
    }

    /** What a run looks like, from its recorded events. */
    public static MimeBundle of(List<RunEvent> events, FlowGraph graph, Clock clock) {
        if (events.isEmpty() || !(events.get(0) instanceof RunEvent.RunStarted started)) {
            throw new IllegalArgumentException("a run's events begin with its start");
        }
        RunStory story = new RunStory(started, graph, clock);
        events.forEach(story::add);
        return OneRun.bundle(story);
    }

    @Override
    public void accept(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            begin(started);
            return;
        }
        Shown shown = running.get(event.run());
        if (shown == null) {
            return;
        }
        shown.add(event);
        if (event instanceof RunEvent.RunFinished) {
            running.remove(event.run());
            shown.finished();
        }
    }

    @Override
    public void flush() {
        current().forEach(shown -> shown.update(false));
    }

    /** Ends the updating; displays stay as they are. */
    @Override
    public void close() {
        flush();
        closed = true;
        synchronized (ticking) {
            ticking.notifyAll();
        }
    }

    private void begin(RunEvent.RunStarted started) {
        DisplaySurface surface = surfaces.get();
        Shown shown = choose(started, surface);
        running.put(started.run(), shown);
        shown.begin();
        synchronized (ticking) {
            if (ticker == null || !ticker.isAlive()) {
                // A thread of its own context: it belongs to no cell.
                ticker = new Thread(null, this::tick, "run-display", 0, false);
                ticker.setDaemon(true);
                ticker.start();
            }
        }
    }

    private Shown choose(RunEvent.RunStarted started, DisplaySurface surface) {
        synchronized (ticking) {
            if (!surface.equals(lastSurface)) {
                lastSurface = surface;
                onLastSurface = 0;
                more = null;
            }
            onLastSurface++;
            if (onLastSurface <= DISPLAYS_OF_A_CELL) {
                FlowGraph graph = graphs.apply(started.flow()).orElse(NO_GRAPH);
                return new OneRun(new RunStory(started, graph, clock), surface, "run-" + started.run());
            }
            if (more == null) {
                more = new MoreRuns(surface, "runs-" + started.run());
            }
            return more;
        }
    }

    private List<Shown> current() {
        List<Shown> shown = new ArrayList<>(running.values());
        synchronized (ticking) {
            if (more != null) {
                shown.add(more);
            }
        }
        return shown;
    }

    /** Updates what changed, at the pace; clocks of quiet runs every fifth time; ends when nothing runs. */
    private void tick() {
        for (int round = 1; !closed; round++) {
            if (!pause()) {
                return;
            }
            boolean clocks = round % 5 == 0;
            current().forEach(shown -> shown.update(clocks));
        }
    }

    /** Waits for one pace; false if there is nothing left to do. */
    private boolean pause() {
        synchronized (ticking) {
            boolean quiet = running.isEmpty() && (more == null || !more.isChanged());
            if (!quiet) {
                try {
                    ticking.wait(PACE.toMillis());
                    return true;
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }
            ticker = null;
            return false;
        }
    }
}
