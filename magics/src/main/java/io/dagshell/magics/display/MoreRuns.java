package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.State;
import io.dagshell.engine.picture.Amounts;
import io.dagshell.engine.picture.Markup;
import io.dagshell.engine.view.MimeBundle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The display of the many further runs of one cell: how many there are, and why the first ones of them failed. */
final class MoreRuns implements Shown {
    private static final int FAILURES = 5;

    private final DisplaySurface surface;
    private final String id;
    private final Map<State, Integer> ended = new EnumMap<>(State.class);
    private final List<String> failures = new ArrayList<>();
    private int begun;
    private boolean changed;

    MoreRuns(DisplaySurface surface, String id) {
        this.surface = surface;
        this.id = id;
    }

    synchronized boolean isChanged() {
        return changed;
    }

    @Override
    public synchronized void begin() {
        begun++;
        if (begun == 1) {
            surface.show(bundle(), id);
            return;
        }
        changed = true;
    }

    @Override
    public synchronized void add(RunEvent event) {
        if (event instanceof RunEvent.RunFinished finished) {
            ended.merge(finished.state(), 1, Integer::sum);
            changed = true;
        } else if (event instanceof RunEvent.TaskFailed failed && failures.size() < FAILURES) {
            String message = Markup.shortened(Markup.visible(failed.message()), 120);
            failures.add(message + (failed.location().isEmpty() ? "" : " at " + Markup.visible(failed.location())));
        }
    }

    @Override
    public synchronized void update(boolean clocks) {
        if (changed) {
            changed = false;
            surface.update(bundle(), id);
        }
    }

    @Override
    public void finished() {
        // The next update tells it: a loop may end thousands of runs a second.
    }

    private MimeBundle bundle() {
        List<String> counts = new ArrayList<>();
        ended.forEach((state, count) -> counts.add(Amounts.count(count) + " " + state.word()));
        int going = begun - ended.values().stream().mapToInt(Integer::intValue).sum();
        if (going > 0) {
            counts.add(Amounts.count(going) + " " + State.RUNNING.word());
        }
        List<String> lines = new ArrayList<>();
        lines.add("… and " + Amounts.count(begun) + " more: " + String.join(", ", counts));
        lines.addAll(failures);
        String html = String.join("<br>", lines.stream().map(Markup::escape).toList());
        return MimeBundle.text(String.join("\n", lines)).with(MimeBundle.HTML, "<div>" + html + "</div>");
    }
}
