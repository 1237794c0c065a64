package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule of a deployment.
 *
 * @param fromFile it stands in the deployment's file, whose next version may take it away; else a person added it
 * @param nextDue absent while it is not active, or when it has ended
 */
public record Schedule(
        ScheduleId id,
        DeploymentName deployment,
        ScheduleSpec spec,
        boolean fromFile,
        Optional<Instant> nextDue,
        Instant createdAt) {

    /** Whether it is on and will never be due again. */
    public boolean hasEnded() {
        return spec.active() && nextDue.isEmpty();
    }
}
