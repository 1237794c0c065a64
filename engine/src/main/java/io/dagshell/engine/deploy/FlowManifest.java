package io.dagshell.engine.deploy;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code flow.json}: what a machine must know to run an exported flow. Canonical: no timestamps, lists in a fixed order,
 * so equal notebooks give equal bytes.
 *
 * @param format of the build, {@link ManifestJson#FORMAT} or a smaller one
 * @param flow the flow to run
 * @param notebook file name of the source
 * @param jdk feature release the slice was built on, which binds
 * @param zone zone of runs, {@code UTC} by default
 * @param parameters of the flow, with default values
 * @param tasks every task and flow of the slice, with the class that holds each
 * @param graph the flow's DAG
 * @param picture the laid-out DAG as SVG
 * @param blocks names of the blocks needed, sorted
 * @param libraries the user's own Maven dependencies, locked
 * @param subflows the DAGs of the other flows of the slice
 */
public record FlowManifest(
        int format,
        TaskName flow,
        String notebook,
        int jdk,
        String zone,
        List<FlowParameter> parameters,
        List<SlicedTask> tasks,
        FlowGraph graph,
        String picture,
        List<String> blocks,
        List<Library> libraries,
        SortedMap<TaskName, FlowGraph> subflows) {

    public FlowManifest {
        parameters = List.copyOf(parameters);
        tasks = List.copyOf(tasks);
        blocks = List.copyOf(blocks);
        libraries = List.copyOf(libraries);
        subflows = Collections.unmodifiableSortedMap(new TreeMap<>(subflows));
    }

    /** Of a flow without subflows. */
    public FlowManifest(
            int format,
            TaskName flow,
            String notebook,
            int jdk,
            String zone,
            List<FlowParameter> parameters,
            List<SlicedTask> tasks,
            FlowGraph graph,
            String picture,
            List<String> blocks,
            List<Library> libraries) {
        this(format, flow, notebook, jdk, zone, parameters, tasks, graph, picture, blocks, libraries, new TreeMap<>());
    }

    /** The same with the libraries its notebook declares. */
    public FlowManifest withLibraries(List<Library> declared) {
        return new FlowManifest(
                format, flow, notebook, jdk, zone, parameters, tasks, graph, picture, blocks, declared, subflows);
    }

    /** The same with these defaults instead of its own, canonical JSON by parameter. */
    public FlowManifest withDefaults(Map<String, String> json) {
        List<FlowParameter> changed = parameters.stream()
                .map(each -> new FlowParameter(
                        each.name(),
                        each.type(),
                        each.description(),
                        Optional.ofNullable(json.get(each.name())).or(each::defaultJson),
                        each.choices()))
                .toList();
        return new FlowManifest(
                format, flow, notebook, jdk, zone, changed, tasks, graph, picture, blocks, libraries, subflows);
    }

    /** The DAG of every flow. */
    public Map<TaskName, FlowGraph> graphs() {
        Map<TaskName, FlowGraph> all = new TreeMap<>(subflows);
        all.put(flow, graph);
        return all;
    }

    /**
     * One parameter of the deployed flow.
     *
     * @param type canonical Java type, as in {@link io.dagshell.engine.model.Parameter}
     * @param defaultJson canonical JSON of the default from the {@code %%params} cell; empty if required
     * @param choices constants in their order, if the type is an enum, or a list, set, array or Optional of one; else empty
     */
    public record FlowParameter(
            String name,
            String type,
            Optional<String> description,
            Optional<String> defaultJson,
            List<String> choices) {
        public FlowParameter {
            choices = List.copyOf(choices);
        }

        /** Of a type that is no enum, or of one that is not known. */
        public FlowParameter(String name, String type, Optional<String> description, Optional<String> defaultJson) {
            this(name, type, description, defaultJson, List.of());
        }
    }

    /** A task of the slice and the binary name of the class that holds its wrapper method, {@code nb.Cell7}. */
    public record SlicedTask(TaskDefinition definition, String className) {}

    /**
     * A locked jar.
     *
     * @param coordinate {@code group:artifact:version}; of a jar that came by its path, the file's name
     * @param sha256 of the jar, hexadecimal
     */
    public record Library(String coordinate, String sha256) {}
}
