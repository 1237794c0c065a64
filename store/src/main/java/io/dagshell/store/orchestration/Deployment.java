package io.dagshell.store.orchestration;

import java.time.Instant;

/**
 * A deployment as it stands.
 *
 * @param current the version that runs are made of
 * @param paused its schedules make no runs; each due instant is recorded as skipped
 */
public record Deployment(
        DeploymentName name, DeploymentVersion current, boolean paused, Instant createdAt, Instant updatedAt) {}
