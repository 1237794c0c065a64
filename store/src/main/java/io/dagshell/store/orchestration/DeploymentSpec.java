package io.dagshell.store.orchestration;

import io.dagshell.engine.model.TaskName;
import java.util.List;

/**
 * A deployment folder as it is applied: what its files say, and the files.
 *
 * @param jdk feature release of the JDK it was built on, which binds
 * @param parametersJson JSON object of what a run starts with; texts may hold {@code ${scheduled.month}} and the like
 */
public record DeploymentSpec(
        DeploymentName name,
        TaskName flow,
        int jdk,
        DeploymentSettings settings,
        String parametersJson,
        List<ScheduleSpec> schedules,
        FolderFiles files) {
    public DeploymentSpec {
        schedules = List.copyOf(schedules);
    }

    /** Without parameters and schedules of its own. */
    public static DeploymentSpec of(DeploymentName name, TaskName flow, int jdk, FolderFiles files) {
        return new DeploymentSpec(name, flow, jdk, DeploymentSettings.defaults(), "{}", List.of(), files);
    }

    public DeploymentSpec withSettings(DeploymentSettings other) {
        return new DeploymentSpec(name, flow, jdk, other, parametersJson, schedules, files);
    }

    public DeploymentSpec withParameters(String json) {
        return new DeploymentSpec(name, flow, jdk, settings, json, schedules, files);
    }

    public DeploymentSpec withSchedules(List<ScheduleSpec> others) {
        return new DeploymentSpec(name, flow, jdk, settings, parametersJson, others, files);
    }
}
