package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.store.RunHistory;
import io.dagshell.store.orchestration.ListedRun;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why runs failed, each looked for once, since what is over does not change. Thread-safe. */
public final class LatestFailures {
    private static final int MOST = 100;

    private final RunHistory history;
    private final Map<RunId, Optional<FailureView>> known =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<RunId, Optional<FailureView>> eldest) {
                    return size() > MOST;
                }
            });

    LatestFailures(RunHistory history) {
        this.history = history;
    }

    /** @param over runs that ended */
    List<Failed> of(List<ListedRun> over) {
        return over.stream().map(run -> new Failed(run, why(run.id()))).toList();
    }

    private Optional<FailureView> why(RunId run) {
        Optional<FailureView> before = known.get(run);
        if (before != null) {
            return before;
        }
        Optional<FailureView> found =
                history.run(run).flatMap(detail -> FailureView.of(new Calls(detail), "/runs/" + run));
        known.put(run, found);
        return found;
    }

    /** A run that did not end well, and the line of the flow's code it did so at, if it got there. */
    public record Failed(ListedRun run, Optional<FailureView> failure) {
        public String address() {
            return "/runs/" + run.id();
        }
    }
}
