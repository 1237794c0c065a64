package io.dagshell.magics;

import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.value.StandardCodecs;
import io.dagshell.magics.slice.NotebookSource;
import io.dagshell.magics.slice.Slice;
import io.dagshell.magics.slice.SliceCompiler;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A flow of a notebook as its slice, run by an engine with a cache in a folder. */
record SlicedFlow(String flow, Slice slice) implements Definitions {
    /** Those of every session that this room's class path has. */
    private static final List<String> IMPORTS = DefaultImports.LIST.stream()
            .filter(each -> each.contains(" java") || each.contains("dagshell.engine"))
            .toList();

    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(File.pathSeparator));

    static SlicedFlow of(String flow, String... texts) {
        List<NotebookSource.Cell> cells = new ArrayList<>();
        for (String text : texts) {
            cells.add(new NotebookSource.Cell(cells.size() + 1, text));
        }
        SliceCompiler.Settings settings = new SliceCompiler.Settings(
                IMPORTS,
                CLASS_PATH,
                SlicedFlow.class.getClassLoader(),
                new NotebookDefinitions(CLASS_PATH),
                graph -> "<svg/>");
        return new SlicedFlow(flow, new SliceCompiler(settings).compile(new NotebookSource("etl.ipynb", cells), flow));
    }

    /** What the flow returns; its exception as it was thrown. */
    Object run(Path cache, Object... arguments) throws Exception {
        Method method = method();
        try (Engine engine = Engine.builder()
                .definitions(this)
                .cache(FileResultCache.open(cache, StandardCodecs.with(), Clock.systemUTC()))
                .build()) {
            return engine.<Object>within(() -> method.invoke(null, arguments));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }

    private Method method() throws ReflectiveOperationException {
        String holder = slice.manifest().tasks().stream()
                .filter(each -> each.definition().name().value().equals(flow))
                .map(SlicedTask::className)
                .findFirst()
                .orElseThrow();
        Class<?> type = slice.loader(SlicedFlow.class.getClassLoader()).loadClass(holder);
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(flow))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method;
    }

    @Override
    public TaskDefinition at(Class<?> site, TaskName name) {
        return named(name).orElseThrow();
    }

    @Override
    public Optional<TaskDefinition> named(TaskName name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public Optional<FlowGraph> graph(TaskName name) {
        return Optional.ofNullable(slice.manifest().graphs().get(name));
    }

    @Override
    public Collection<TaskDefinition> all() {
        return slice.manifest().tasks().stream().map(SlicedTask::definition).toList();
    }
}
