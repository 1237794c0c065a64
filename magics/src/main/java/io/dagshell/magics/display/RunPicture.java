package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.model.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A run at one moment, in the words that are shown; the text and the HTML are two renderings of this.
 *
 * @param complete nothing will change any more
 * @param svg the flow's graph, or empty
 * @param artifacts what calls showed, a line each
 * @param artifactsHtml the same as markup that is safe
 */
record RunPicture(
        String title,
        State state,
        Duration took,
        boolean complete,
        String svg,
        List<Row> rows,
        Optional<RunEvent.TaskFailed> failure,
        String run,
        List<String> artifacts,
        String artifactsHtml) {

    RunPicture {
        rows = List.copyOf(rows);
        artifacts = List.copyOf(artifacts);
    }

    /**
     * A line: one call, or many calls of one name.
     *
     * @param depth how far it is indented
     * @param attempt empty for the first
     * @param result rows, or what was returned, or how far it has come
     * @param cache hit, miss or not, and why
     */
    record Row(
            int depth,
            String name,
            State state,
            String stateText,
            String attempt,
            String time,
            String result,
            String cache) {}
}
