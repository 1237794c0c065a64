package io.dagshell.runner;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.tools.ToolProvider;

/** A flow as the export of a notebook leaves it: one class per cell, and a manifest. */
final class CompiledFlow {
    private static final String WRAPPER =
            " { return io.dagshell.engine.Dag.call(java.lang.invoke.MethodHandles.lookup(), ";

    private CompiledFlow() {}

    /** Cells 1 and 2: a cached task {@code twice} and a flow {@code root(int year, String color)} that calls it. */
    static FlowManifest compile(Path folder, String taskBody) throws IOException {
        write(
                folder,
                1,
                "static int twice$impl(int n) throws Exception {\n" + taskBody
                        + "\n} static int twice(int n) throws Exception" + WRAPPER
                        + "\"twice\", () -> twice$impl(n), new Object[] {n}); }");
        write(
                folder,
                2,
                "static String root$impl(int year, String color) throws Exception { return color + Cell1.twice(year); }"
                        + " static String root(int year, String color) throws Exception"
                        + WRAPPER + "\"root\", () -> root$impl(year, color), new Object[] {year, color}); }");
        Policy cached = Policy.defaults("twice").withCache(Policy.CacheRule.always());
        Parameter year = new Parameter("year", "int", Optional.empty());
        Parameter color = new Parameter("color", "java.lang.String", Optional.empty());
        return new FlowManifest(
                1,
                new TaskName("root"),
                "etl.ipynb",
                Runtime.version().feature(),
                "UTC",
                List.of(
                        new FlowParameter("year", "int", Optional.empty(), Optional.empty()),
                        new FlowParameter("color", "java.lang.String", Optional.empty(), Optional.of("\"yellow\""))),
                List.of(
                        task(
                                "twice",
                                Kind.TASK,
                                List.of(new Parameter("n", "int", Optional.empty())),
                                "int",
                                cached,
                                1),
                        task(
                                "root",
                                Kind.FLOW,
                                List.of(year, color),
                                "java.lang.String",
                                Policy.defaults("Root flow"),
                                2)),
                new FlowGraph(List.of(), List.of()),
                "<svg/>",
                List.of(),
                List.of());
    }

    /**
     * A flow {@code root(int year)} with an effect {@code note} that writes a line to {@code marks/effects}, then a task
     * {@code hang} that waits until there is a file {@code marks/go}.
     */
    static FlowManifest compileResumable(Path folder, Path marks) throws IOException {
        String mark = "java.nio.file.Path.of(\"" + marks + "\")";
        write(
                folder,
                1,
                "static void note$impl(int year) throws Exception { java.nio.file.Files.writeString(" + mark
                        + ".resolve(\"effects\"), year + \"\\n\", java.nio.file.StandardOpenOption.CREATE,"
                        + " java.nio.file.StandardOpenOption.APPEND); }"
                        + " static void note(int year) { io.dagshell.engine.Dag.callVoid("
                        + "java.lang.invoke.MethodHandles.lookup(), \"note\", () -> note$impl(year),"
                        + " new Object[] {year}); }");
        write(
                folder,
                2,
                "static int hang$impl(int year) throws Exception { java.nio.file.Files.writeString(" + mark
                        + ".resolve(\"wait-started\"), \"\"); while (!java.nio.file.Files.exists(" + mark
                        + ".resolve(\"go\"))) Thread.sleep(10); return year; }"
                        + " static int hang(int year) throws Exception" + WRAPPER
                        + "\"hang\", () -> hang$impl(year), new Object[] {year}); }");
        write(
                folder,
                3,
                "static int root$impl(int year) throws Exception { Cell1.note(year); return Cell2.hang(year); }"
                        + " static int root(int year) throws Exception" + WRAPPER
                        + "\"root\", () -> root$impl(year), new Object[] {year}); }");
        List<Parameter> year = List.of(new Parameter("year", "int", Optional.empty()));
        return new FlowManifest(
                1,
                new TaskName("root"),
                "etl.ipynb",
                Runtime.version().feature(),
                "UTC",
                List.of(new FlowParameter("year", "int", Optional.empty(), Optional.empty())),
                List.of(
                        task(
                                "note",
                                Kind.TASK,
                                year,
                                "void",
                                Policy.defaults("note").withEffect(true),
                                1),
                        task("hang", Kind.TASK, year, "int", Policy.defaults("hang"), 2),
                        task("root", Kind.FLOW, year, "int", Policy.defaults("Root flow"), 3)),
                new FlowGraph(List.of(), List.of()),
                "<svg/>",
                List.of(),
                List.of());
    }

    private static SlicedTask task(
            String name, Kind kind, List<Parameter> parameters, String type, Policy policy, int cell) {
        CodeIdentity code = new CodeIdentity.Known(
                List.of(new CodeIdentity.CodePart("task", name, "ab".repeat(32), OptionalInt.of(cell))));
        TaskDefinition definition = new TaskDefinition(
                new TaskName(name),
                kind,
                parameters,
                type,
                policy,
                code,
                new TaskDefinition.Origin("etl.ipynb", cell, 2),
                List.of());
        return new SlicedTask(definition, "nb.Cell" + cell);
    }

    // The name of the file is what traces show; javac takes it from the path.
    private static void write(Path folder, int cell, String members) throws IOException {
        Path source = folder.resolve("Cell" + cell + ".java");
        Files.writeString(source, "package nb; public final class Cell" + cell + " {" + members + "}");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        folder + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                        source.toString());
        if (failed != 0) {
            throw new IllegalStateException("the cell does not compile: " + members);
        }
    }
}
