package io.dagshell.server.web;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.store.TaskRunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a run failed, the user's line first.
 *
 * @param task that failed first
 * @param address of its page
 * @param others how many more failed by themselves
 */
public record FailureView(String task, String address, TaskRunRecord.Failure failure, int others) {
    private static final int LINES_OPEN = 12;

    static Optional<FailureView> of(Calls calls, String base) {
        return of(calls, base, Instant.EPOCH);
    }

    /** @param since what failed before is no news */
    static Optional<FailureView> of(Calls calls, String base, Instant since) {
        List<TaskRunRecord> failed = calls.failed().stream()
                .filter(call -> !call.status().finishedAt().orElse(Instant.MAX).isBefore(since))
                .toList();
        return failed.stream().findFirst().map(call -> of(call, base, failed.size() - 1));
    }

    static FailureView of(TaskRunRecord call, String base, int others) {
        return new FailureView(
                call.call().task().value(),
                base + "/tasks/" + call.call().ordinal(),
                call.failure().orElseThrow(),
                others);
    }

    /** The exception's name without its package. */
    public String exception() {
        String name = failure.exception();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    public String blame() {
        if (failure.kind() == FailureKind.USER) {
            return "In the flow's own code or input.";
        }
        return failure.kind() == FailureKind.RESOURCE
                ? "Something outside did not do its part: a retry may help."
                : "In DagShell itself.";
    }

    /** Whether the trace is short enough to be read at once. */
    public boolean open() {
        return failure.trace().lines().count() <= LINES_OPEN;
    }
}
