package io.dagshell.magics.slice;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.parameter.EnumConstants;
import io.dagshell.engine.run.WovenCalls;
import io.dagshell.engine.value.TypeNames;
import io.dagshell.kernel.session.Weaver;
import io.dagshell.magics.header.CellKind;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles the part of a notebook that a flow needs.
 *
 * <pre>{@code
 * Slice slice = new SliceCompiler(settings).compile(notebook, "ingest");
 * }</pre>
 */
public final class SliceCompiler {
    private final Settings settings;

    public SliceCompiler(Settings settings) {
        this.settings = settings;
    }

    /**
     * What is the same for every notebook.
     *
     * @param defaultImports of every session, in its order
     * @param classPath what code of cells compiles against, besides the JDK
     * @param parent loader of those classes as code of cells may see them, for defaults of parameters
     * @param definitions reads tasks, flows and their digests
     * @param picture lays out a flow's graph as SVG
     */
    public record Settings(
            List<String> defaultImports,
            List<String> classPath,
            ClassLoader parent,
            DefinitionReader definitions,
            Function<FlowGraph, String> picture) {
        public Settings {
            defaultImports = List.copyOf(defaultImports);
            classPath = List.copyOf(classPath);
        }
    }

    /**
     * The slice of one flow.
     *
     * @throws SliceProblem there is no such flow, or what it needs does not compile or may not be exported
     */
    public Slice compile(NotebookSource notebook, String flow) {
        List<SourceCell> cells = SourceCell.of(notebook);
        SourceCell root = find(notebook, cells, flow);
        List<CellText> texts = cells.stream().map(SourceCell::text).toList();
        SliceUnits units = new SliceUnits(settings.defaultImports(), texts, settings.classPath());
        Selection selection = Selection.reachedFrom(List.of(place(root.text(), flow)), texts);
        // The compiler's starts are most of the time, and two of them go side by side.
        CompletableFuture<DefinitionReader.Definitions> reading =
                CompletableFuture.supplyAsync(() -> settings.definitions()
                        .read(
                                notebook.notebook(),
                                cells.stream().map(SourceCell::read).toList()));
        SortedMap<String, byte[]> classes = units.compile(selection.kept());
        ParameterDefaults.Compiled declared = declared(cells, texts, units);
        DefinitionReader.Definitions definitions = await(reading);
        List<SlicedTask> tasks = tasks(cells, selection, definitions);
        TaskDefinition rootFlow = definition(tasks, root, flow);
        FlowGraph graph = definitions.graphs().getOrDefault(new TaskName(flow), new FlowGraph(List.of(), List.of()));
        List<Type> types = types(new SliceLoader(classes, settings.parent()), root, rootFlow);
        BoundParameters parameters = BoundParameters.of(rootFlow, types, declared.declared());
        FlowManifest manifest = new FlowManifest(
                ManifestJson.FORMAT,
                new TaskName(flow),
                notebook.notebook(),
                Runtime.version().feature(),
                "UTC",
                parameters.bound(),
                tasks,
                graph,
                settings.picture().apply(graph),
                blocks(tasks),
                List.of(),
                subflows(tasks, flow, definitions));
        Weaver weaver = new Weaver(WovenCalls.class.getName());
        SortedMap<String, byte[]> woven = new TreeMap<>();
        classes.forEach((name, bytes) -> woven.put(name, weaver.weave(bytes)));
        return new Slice(manifest, woven, new DefaultValues(declared.classes(), parameters.holders()));
    }

    private static SortedMap<TaskName, FlowGraph> subflows(
            List<SlicedTask> tasks, String flow, DefinitionReader.Definitions definitions) {
        SortedMap<TaskName, FlowGraph> graphs = new TreeMap<>();
        for (SlicedTask task : tasks) {
            TaskName name = task.definition().name();
            FlowGraph graph = definitions.graphs().get(name);
            if (graph != null && !name.value().equals(flow)) {
                graphs.put(name, graph);
            }
        }
        return graphs;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw failed;
        }
    }

    /**
     * What the notebook's {@code %%params} cells declare, without defaults: nothing of the notebook is run.
     *
     * @throws SliceProblem the cells do not compile
     */
    public List<FlowParameter> parameters(NotebookSource notebook) {
        List<SourceCell> cells = SourceCell.of(notebook);
        List<CellText> texts = cells.stream().map(SourceCell::text).toList();
        SliceUnits units = new SliceUnits(settings.defaultImports(), texts, settings.classPath());
        return declared(cells, texts, units).declared().stream()
                .map(each -> new FlowParameter(
                        each.name(),
                        TypeNames.canonical(each.type()),
                        each.description(),
                        Optional.empty(),
                        EnumConstants.of(each.type())))
                .toList();
    }

    private ParameterDefaults.Compiled declared(List<SourceCell> cells, List<CellText> texts, SliceUnits units) {
        List<CellText> headed = cells.stream()
                .filter(cell -> cell.is(CellKind.PARAMS))
                .map(SourceCell::text)
                .toList();
        return ParameterDefaults.of(headed, texts, units, settings.parent());
    }

    private static SourceCell find(NotebookSource notebook, List<SourceCell> cells, String flow) {
        List<SourceCell> flows =
                cells.stream().filter(cell -> cell.is(CellKind.FLOW)).toList();
        // The last one counts, as in the running notebook; a second one is refused where names are chosen.
        Optional<SourceCell> found = flows.stream()
                .filter(cell -> cell.task().filter(flow::equals).isPresent())
                .reduce((first, second) -> second);
        String names = flows.stream().flatMap(cell -> cell.task().stream()).collect(Collectors.joining(", "));
        return found.orElseThrow(() -> new SliceProblem(
                notebook.notebook(),
                0,
                0,
                "there is no flow '" + flow + "'; "
                        + (names.isEmpty() ? "no cell is headed %%flow" : "its flows are " + names)));
    }

    private static Selection.Place place(CellText cell, String name) {
        return cell.members().stream()
                .filter(member -> member.declares(name))
                .findFirst()
                .map(member -> new Selection.Place(cell, member))
                .orElseThrow(() -> new IllegalStateException(cell.source() + " declares no " + name));
    }

    private static List<SlicedTask> tasks(
            List<SourceCell> cells, Selection selection, DefinitionReader.Definitions definitions) {
        Set<String> kept = new HashSet<>();
        List<SlicedTask> tasks = new ArrayList<>();
        for (SourceCell cell : cells) {
            boolean isKept = cell.task().isPresent() && selection.kept().containsKey(cell.text());
            if (!isKept || !kept.add(cell.task().get())) {
                continue;
            }
            TaskName name = new TaskName(cell.task().get());
            TaskDefinition definition = definitions.tasks().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no definition of " + name));
            tasks.add(
                    new SlicedTask(definition, Unit.PACKAGE + "." + cell.text().className()));
        }
        return tasks;
    }

    private static TaskDefinition definition(List<SlicedTask> tasks, SourceCell root, String flow) {
        return tasks.stream()
                .map(SlicedTask::definition)
                .filter(each -> each.name().value().equals(flow))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(root.text().source() + " has no definition"));
    }

    /** Types of the flow's parameters, read from its class, which is not initialised. */
    private static List<Type> types(ClassLoader loader, SourceCell root, TaskDefinition flow) {
        try {
            Class<?> holder = Class.forName(Unit.PACKAGE + "." + root.text().className(), false, loader);
            return Arrays.stream(holder.getDeclaredMethods())
                    .filter(method -> method.getName().equals(flow.name().value())
                            && method.getParameterCount() == flow.parameters().size())
                    .findFirst()
                    .map(method -> List.of(method.getGenericParameterTypes()))
                    .orElseThrow(() -> new IllegalStateException(holder + " has no method " + flow.name()));
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(
                    "the flow's cell was compiled: " + root.text().source(), impossible);
        }
    }

    private static List<String> blocks(List<SlicedTask> tasks) {
        Set<String> blocks = new TreeSet<>();
        tasks.forEach(task -> blocks.addAll(task.definition().blocks()));
        return List.copyOf(blocks);
    }
}
