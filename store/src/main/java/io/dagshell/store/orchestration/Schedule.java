package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule of a deployment.
 *
 * @param fromFile it stands in the deployment's file, whose next version may take it away; else a person added it
 * @param nextDue absent while it is not active
 */
public record Schedule(
        ScheduleId id,
        DeploymentName deployment,
        ScheduleSpec spec,
        boolean fromFile,
        Optional<Instant> nextDue,
        Instant createdAt) {}
