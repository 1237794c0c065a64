package io.dagshell.store.orchestration;

import java.util.List;

/**
 * What was found when leases were looked at.
 *
 * @param givenBack runs, as they were, whose agent went away before they began: now Scheduled
 * @param ended runs, as they were, whose agent is gone: now Crashed, or Cancelled if that was asked for
 * @param late how many runs became Late
 */
public record ExpiryReport(List<FlowRun> givenBack, List<FlowRun> ended, int late) {
    public ExpiryReport {
        givenBack = List.copyOf(givenBack);
        ended = List.copyOf(ended);
    }
}
