package io.dagshell.server.web;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.RunHistory;
import io.dagshell.store.orchestration.ListedRun;
import io.dagshell.store.orchestration.RunList;
import io.dagshell.store.orchestration.RunPage;
import io.dagshell.store.orchestration.RunQuery;
import java.util.List;
import java.util.Map;

/** All runs in one list, planned or not, with their tasks counted. Thread-safe. */
final class ListedRuns {
    private final RunHistory history;
    private final RunList list;

    ListedRuns(RunHistory history, RunList list) {
        this.history = history;
        this.list = list;
    }

    /** The list, in which runs of processes that are gone do not go on. */
    RunList list() {
        history.upToDate();
        return list;
    }

    RunPage page(RunQuery query) {
        return list().page(query);
    }

    List<RunRow> rows(List<ListedRun> runs) {
        Map<RunId, Map<State, Integer>> tasks =
                history.taskStates(runs.stream().map(ListedRun::id).toList());
        return runs.stream()
                .map(run -> new RunRow(run, TaskCounts.of(tasks.getOrDefault(run.id(), Map.of()))))
                .toList();
    }
}
