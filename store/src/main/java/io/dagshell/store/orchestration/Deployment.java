package io.dagshell.store.orchestration;

import java.time.Instant;
import java.util.Optional;

/**
 * A deployment as it stands.
 *
 * @param current the version that runs are made of
 * @param paused its schedules make no runs; each due instant is recorded as skipped
 * @param pausedReason why, if it was not a person who paused it
 */
public record Deployment(
        DeploymentName name,
        DeploymentVersion current,
        boolean paused,
        Optional<String> pausedReason,
        Optional<Instant> pausedAt,
        Instant createdAt,
        Instant updatedAt) {}
