package io.dagshell.store.orchestration;

import io.dagshell.engine.model.TaskName;
import java.time.Instant;

/**
 * What a folder said when it was applied.
 *
 * @param version digest of the folder
 * @param jdk feature release of the JDK, which binds
 */
public record DeploymentVersion(
        DeploymentName deployment,
        String version,
        TaskName flow,
        int jdk,
        DeploymentSettings settings,
        String parametersJson,
        Instant createdAt) {}
