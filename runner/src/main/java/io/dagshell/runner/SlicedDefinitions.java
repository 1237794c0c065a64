package io.dagshell.runner;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The definitions of a slice, as {@code flow.json} has them: with the digests of the notebook's cells, so that a deployed
 * run has the notebook's keys. Immutable.
 */
final class SlicedDefinitions implements Definitions {
    private final Map<TaskName, SlicedTask> tasks = new LinkedHashMap<>();
    private final Map<TaskName, FlowGraph> graphs;

    SlicedDefinitions(FlowManifest manifest) {
        graphs = manifest.graphs();
        manifest.tasks().forEach(task -> tasks.put(task.definition().name(), task));
    }

    @Override
    public TaskDefinition at(Class<?> site, TaskName name) {
        SlicedTask task = tasks.get(name);
        if (task == null || !task.className().equals(site.getName())) {
            throw new IllegalStateException("flow.json has no task " + name + " in " + site.getName());
        }
        return task.definition();
    }

    @Override
    public Optional<TaskDefinition> named(TaskName name) {
        return Optional.ofNullable(tasks.get(name)).map(SlicedTask::definition);
    }

    @Override
    public Optional<FlowGraph> graph(TaskName flow) {
        return Optional.ofNullable(graphs.get(flow));
    }

    @Override
    public Collection<TaskDefinition> all() {
        return tasks.values().stream().map(SlicedTask::definition).toList();
    }

    /** Binary name of the class that holds the task's method. */
    Optional<String> className(TaskName name) {
        return Optional.ofNullable(tasks.get(name)).map(SlicedTask::className);
    }
}
