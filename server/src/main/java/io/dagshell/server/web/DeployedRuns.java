package io.dagshell.server.web;

import io.dagshell.store.RunDetail;
import io.dagshell.store.RunRecord;
import io.dagshell.store.orchestration.FlowRun;
import java.util.Optional;

/** A deployment's run is in the state that the server says, since its process may be gone. Stateless. */
final class DeployedRuns {
    private DeployedRuns() {}

    /** The run with the state that the server knows. */
    static RunDetail told(RunDetail detail, Optional<FlowRun> planned) {
        return planned.map(run -> new RunDetail(told(detail.run(), run.status()), detail.tasks()))
                .orElse(detail);
    }

    static RunRecord told(RunRecord run, FlowRun.Status status) {
        return new RunRecord(
                run.id(),
                run.flow(),
                run.kind(),
                run.title(),
                run.parametersJson(),
                run.origin(),
                run.source(),
                status.state(),
                status.state().isTerminal()
                        ? run.message().or(status::reason)
                        : status.reason().or(run::message),
                run.startedAt(),
                status.finishedAt().or(run::finishedAt),
                run.resumes());
    }
}
