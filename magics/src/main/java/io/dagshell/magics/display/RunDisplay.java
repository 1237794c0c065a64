package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows each run as one display that is updated in place, at most five times a second while it runs and once, complete,
 * when it ended. The display stands where the run began: in the output of its cell.
 *
 * <p>Events may come from any thread. A run's {@link RunStory} guards what is known; its {@link Watch} monitor orders
 * what is sent, so nothing follows the last update.
 */
public final class RunDisplay implements RunSink, AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(200);

    private final Function<TaskName, Optional<FlowGraph>> graphs;
    private final Supplier<DisplaySurface> surfaces;
    private final Clock clock;
    private final Map<RunId, Watch> running = new ConcurrentHashMap<>();
    private final Object ticking = new Object();
    private @Nullable Thread ticker;
    private volatile boolean closed;

    /**
     * A display of runs.
     *
     * @param graphs the graph of a flow as it is now
     * @param surfaces the surface of the calling thread's cell; asked when a run starts, on the thread that started it
     */
    public RunDisplay(Function<TaskName, Optional<FlowGraph>> graphs, Supplier<DisplaySurface> surfaces, Clock clock) {
        this.graphs = graphs;
        this.surfaces = surfaces;
        this.clock = clock;
    }

    @Override
    public void accept(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            begin(started);
            return;
        }
        Watch watch = running.get(event.run());
        if (watch == null) {
            return;
        }
        watch.story.add(event);
        if (event instanceof RunEvent.RunFinished) {
            running.remove(event.run());
            watch.finish();
            return;
        }
        watch.changed = true;
    }

    /** Ends the updating; displays stay as they are. */
    @Override
    public void close() {
        closed = true;
        synchronized (ticking) {
            ticking.notifyAll();
        }
    }

    private void begin(RunEvent.RunStarted started) {
        FlowGraph graph = graphs.apply(started.flow()).orElse(new FlowGraph(java.util.List.of(), java.util.List.of()));
        Watch watch = new Watch(new RunStory(started, graph, clock), surfaces.get(), "run-" + started.run());
        running.put(started.run(), watch);
        watch.show();
        synchronized (ticking) {
            if (ticker == null || !ticker.isAlive()) {
                ticker = new Thread(null, this::tick, "run-display", 0, false);
                ticker.setDaemon(true);
                ticker.start();
            }
        }
    }

    /** Updates what changed, at the pace; clocks of quiet runs every fifth time; ends when nothing runs. */
    private void tick() {
        for (int round = 1; !closed; round++) {
            synchronized (ticking) {
                if (running.isEmpty()) {
                    ticker = null;
                    return;
                }
                try {
                    ticking.wait(PACE.toMillis());
                } catch (InterruptedException stop) {
                    ticker = null;
                    return;
                }
            }
            boolean clocks = round % 5 == 0;
            running.values().forEach(watch -> watch.update(clocks));
        }
    }

    /** The display of one run. */
    private static final class Watch {
        final RunStory story;
        private final DisplaySurface surface;
        private final String id;
        volatile boolean changed;
        private boolean finished;

        Watch(RunStory story, DisplaySurface surface, String id) {
            this.story = story;
            this.surface = surface;
            this.id = id;
        }

        synchronized void show() {
            surface.show(bundle(), id);
        }

        synchronized void update(boolean anyway) {
            if (finished || !(changed || anyway)) {
                return;
            }
            changed = false;
            surface.update(bundle(), id);
        }

        synchronized void finish() {
            finished = true;
            surface.update(bundle(), id);
        }

        private MimeBundle bundle() {
            RunPicture picture = story.picture();
            return MimeBundle.text(RunText.render(picture)).with(MimeBundle.HTML, RunHtml.render(picture));
        }
    }
}
