package io.dagshell.store.orchestration;

import java.util.ArrayList;
import java.util.List;

/** Runs of one schedule that are not over. Used by one thread. */
final class GoingRuns {
    private final List<FlowRun> waiting = new ArrayList<>();
    private final List<FlowRun> running = new ArrayList<>();

    void add(FlowRun run) {
        // One that awaits a retry or an answer is under way, though nobody has it now.
        boolean begun =
                FlowRunRows.phase(run.status().state()) > 0 || run.tries().starts() > 0;
        (begun ? running : waiting).add(run);
    }

    List<FlowRun> waiting() {
        return waiting;
    }

    List<FlowRun> running() {
        return running;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && running.isEmpty();
    }
}
