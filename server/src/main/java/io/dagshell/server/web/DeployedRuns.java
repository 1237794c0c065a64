package io.dagshell.server.web;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunHistory;
import io.dagshell.store.RunRecord;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.ListedRun;
import io.dagshell.store.orchestration.RunList;
import io.dagshell.store.orchestration.RunQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All runs in one list: those that began are in the history; those of deployments are planned before, and their state
 * is what the server says of them, since their process may be gone.
 */
final class DeployedRuns {
    /** The most the list of planned runs gives at once. */
    private static final int MOST_PLANNED = 1_000;

    private final RunHistory history;
    private final RunList planned;

    DeployedRuns(RunHistory history, RunList planned) {
        this.history = history;
        this.planned = planned;
    }

    /** The latest, newest first; one that has not begun stands where it is due. */
    List<RunRecord> latest(int limit) {
        Map<RunId, RunRecord> all = new LinkedHashMap<>();
        history.runs(limit).forEach(run -> all.put(run.id(), run));
        planned.page(RunQuery.latest(MOST_PLANNED)).runs().stream()
                .filter(run -> run.deployment().isPresent())
                .forEach(run -> all.put(run.id(), together(Optional.ofNullable(all.get(run.id())), run)));
        List<RunRecord> sorted = new ArrayList<>(all.values());
        sorted.sort(Comparator.comparing(RunRecord::startedAt)
                .thenComparing(RunRecord::id)
                .reversed());
        return sorted.subList(0, Math.min(limit, sorted.size()));
    }

    private static RunRecord together(Optional<RunRecord> begun, ListedRun planned) {
        return new RunRecord(
                planned.id(),
                planned.flow(),
                Kind.FLOW,
                begun.map(RunRecord::title)
                        .orElseGet(() -> planned.deployment().orElseThrow().value()),
                planned.parametersJson(),
                "deployed",
                begun.map(RunRecord::source).orElse(""),
                planned.state(),
                planned.message().or(() -> begun.flatMap(RunRecord::message)),
                begun.map(RunRecord::startedAt).orElse(planned.at()),
                planned.finishedAt().or(() -> begun.flatMap(RunRecord::finishedAt)),
                begun.flatMap(RunRecord::resumes));
    }

    /** The run with the state that the server knows. */
    static RunDetail told(RunDetail detail, Optional<FlowRun> planned) {
        return planned.map(run -> new RunDetail(told(detail.run(), run.status()), detail.tasks()))
                .orElse(detail);
    }

    private static RunRecord told(RunRecord run, FlowRun.Status status) {
        return new RunRecord(
                run.id(),
                run.flow(),
                run.kind(),
                run.title(),
                run.parametersJson(),
                run.origin(),
                run.source(),
                status.state(),
                run.message().or(status::reason),
                run.startedAt(),
                status.finishedAt().or(run::finishedAt),
                run.resumes());
    }
}
