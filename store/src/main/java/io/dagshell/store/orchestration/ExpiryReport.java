package io.dagshell.store.orchestration;

import java.util.List;

/**
 * What was found when leases were looked at.
 *
 * @param ended runs, as they were, whose agent is gone: now Crashed, or Cancelled if that was asked for
 * @param late how many runs became Late
 */
public record ExpiryReport(List<FlowRun> ended, int late) {
    public ExpiryReport {
        ended = List.copyOf(ended);
    }
}
