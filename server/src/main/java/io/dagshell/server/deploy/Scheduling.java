package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleId;
import io.dagshell.store.orchestration.ScheduleSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Schedules that people and programs add and change, checked as those of a file are. Thread-safe. */
public final class Scheduling {
    private final Orchestration state;
    private final Manifests manifests;
    private final Clock clock;

    Scheduling(Orchestration state, Manifests manifests, Clock clock) {
        this.state = state;
        this.manifests = manifests;
        this.clock = clock;
    }

    /**
     * Adds one.
     *
     * @param texts parameters as people type them, over those of {@code spec}
     * @throws ParameterException with it a run could not be given its parameters
     */
    public Schedule add(DeploymentName deployment, ScheduleSpec spec, Map<String, String> texts) {
        return state.schedules().add(deployment, checked(deployment, spec, texts));
    }

    /** Changes one. */
    public Schedule edit(ScheduleId id, ScheduleSpec spec, Map<String, String> texts) {
        return state.schedules().edit(id, checked(state.schedules().show(id).deployment(), spec, texts));
    }

    private ScheduleSpec checked(DeploymentName name, ScheduleSpec spec, Map<String, String> texts) {
        Deployment deployment = state.deployments().show(name);
        FlowManifest manifest = manifests.of(deployment.current());
        ObjectNode own = TypedParameters.object(spec.parametersJson());
        own.setAll(Ordering.typed(manifest, texts));
        ObjectNode all = TypedParameters.object(deployment.current().parametersJson());
        all.setAll(own);
        Instant due = spec.timing().next(clock.instant()).orElseGet(clock::instant);
        try {
            TypedParameters.fill(manifest, all, due, spec.timing().zone());
        } catch (ParameterException misfit) {
            throw new ParameterException("with this schedule, " + misfit.getMessage());
        }
        return spec.withParameters(own.toString());
    }
}
