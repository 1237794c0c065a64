package io.dagshell.magics.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.run.TaskTimeoutException;
import io.dagshell.magics.header.CellHeader;
import io.dagshell.magics.header.CellKind;
import io.dagshell.magics.rewrite.TaskMethod;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SliceCompilerTest {
    private static final List<String> IMPORTS =
            List.of("import java.util.*;", "import java.io.*;", "import static io.dagshell.engine.Dag.*;");
    private static final String[] NOTEBOOK = {
        "%%params\nString color = \"yellow\"; // yellow or green\nint year = 2021;\nlong other = 5;",
        "int exploratory = year + 1;\nSystem.out.println(exploratory)",
        "%maven com.example:gone:1.0\nString location(String color, int year) { return color + \"-\" + year; }",
        "%%task cache tags=extract\nint fetch(String location) throws IOException {\n    if (location.length() > 12)\n"
                + "        throw new IOException(location);\n    return location.length();\n}",
        "%%sql\nselect 1",
        "%%task effect\nvoid unused() {}",
        "%%flow name=\"Ingest flow\"\nlong ingest(String color, int year, List<Integer> months) throws Exception {\n"
                + "    return map(months, month -> fetch(location(color, year))).stream().mapToLong(n -> n).sum();\n}",
        "ingest(color, year, List.of(1))"
    };

    @Test
    void the_manifest_holds_what_the_flow_needs_and_no_more() {
        Slice slice = compile("ingest", NOTEBOOK);

        FlowManifest manifest = slice.manifest();
        assertThat(slice.classes()).containsOnlyKeys("nb.Cell3", "nb.Cell4", "nb.Cell7");
        assertThat(manifest.tasks())
                .extracting(task -> task.definition().name() + " " + task.className())
                .containsExactly("fetch nb.Cell4", "ingest nb.Cell7");
        assertThat(manifest.parameters())
                .containsExactly(
                        new FlowParameter(
                                "color", "java.lang.String", Optional.of("yellow or green"), Optional.of("\"yellow\"")),
                        new FlowParameter("year", "int", Optional.empty(), Optional.of("2021")),
                        new FlowParameter(
                                "months", "java.util.List<java.lang.Integer>", Optional.empty(), Optional.empty()));
        assertThat(manifest.jdk()).isEqualTo(Runtime.version().feature());
    }

    @Test
    void the_slice_runs_in_an_engine_and_fails_at_the_users_line() throws Exception {
        Slice slice = compile("ingest", NOTEBOOK);
        Method ingest = method(slice, "nb.Cell7", "ingest");
        try (Engine engine = Engine.builder().definitions(definitions(slice)).build()) {
            assertThat(engine.<Object>within(() -> ingest.invoke(null, "green", 2021, List.of(1, 2))))
                    .isEqualTo(20L);
            assertThatThrownBy(() -> engine.<Object>within(() -> ingest.invoke(null, "colorful", 2021, List.of(1))))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessage("colorful-2021")
                    .satisfies(thrown ->
                            assertThat(thrown.getStackTrace()[0]).hasToString("nb.Cell4.fetch$impl(etl.ipynb[4]:4)"));
        }
    }

    private static final String[] BUSY = {
        "static final class Turns { static volatile long turns; }",
        "%%task timeout=300ms effect\nint spin(int n) {\n    while (true) {\n"
                + "        try { Turns.turns++; n++; } catch (Exception keepOn) { n = 0; }\n    }\n}",
        "%%task effect\nint leave(int n) {\n    System.exit(n);\n    return n;\n}",
        "%%flow\nint busy(int n) {\n    return n > 5 ? leave(n) : spin(n);\n}"
    };

    @Test
    void a_busy_loop_of_an_exported_flow_stops_at_its_timeout_and_the_processor_is_free() throws Exception {
        Slice slice = compile("busy", BUSY);
        Method busy = method(slice, "nb.Cell4", "busy");
        try (Engine engine = Engine.builder().definitions(definitions(slice)).build()) {
            assertThatThrownBy(() -> engine.<Object>within(() -> busy.invoke(null, 1)))
                    .cause()
                    .isInstanceOf(TaskTimeoutException.class)
                    .hasMessage("spin ran longer than its timeout of 300 ms");
            assertNothingTurns(busy);
        }
    }

    @Test
    void a_busy_loop_of_an_exported_flow_stops_when_it_is_cancelled() throws Exception {
        String[] cells = BUSY.clone();
        cells[1] = cells[1].replace("timeout=300ms ", "");
        Slice slice = compile("busy", cells);
        Method busy = method(slice, "nb.Cell4", "busy");
        try (Engine engine = Engine.builder().definitions(definitions(slice)).build()) {
            Thread stop = new Thread(() -> {
                await(() -> turns(busy) > 0);
                engine.cancel();
            });
            stop.start();
            assertThatThrownBy(() -> engine.<Object>within(() -> busy.invoke(null, 1)))
                    .cause()
                    .isInstanceOf(CancellationException.class);
            stop.join();
            assertNothingTurns(busy);
        }
    }

    @Test
    void code_of_an_exported_flow_does_not_end_the_process() throws Exception {
        Slice slice = compile("busy", BUSY);
        Method busy = method(slice, "nb.Cell4", "busy");
        try (Engine engine = Engine.builder().definitions(definitions(slice)).build()) {
            assertThatThrownBy(() -> engine.<Object>within(() -> busy.invoke(null, 6)))
                    .cause()
                    .hasMessageStartingWith("code of a flow called exit(6)");
        }
    }

    private static void assertNothingTurns(Method busy) throws InterruptedException {
        long before = turns(busy);
        Thread.sleep(200);
        assertThat(turns(busy)).isEqualTo(before).isPositive();
    }

    private static long turns(Method busy) {
        try {
            Class<?> turns = Class.forName(
                    "nb.Cell1$Turns", true, busy.getDeclaringClass().getClassLoader());
            var field = turns.getDeclaredField("turns");
            field.setAccessible(true);
            return field.getLong(null);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void equal_notebooks_give_equal_bytes() {
        Slice first = compile("ingest", NOTEBOOK);
        Slice second = compile("ingest", NOTEBOOK);

        assertThat(ManifestJson.write(first.manifest())).isEqualTo(ManifestJson.write(second.manifest()));
        first.classes()
                .forEach((name, bytes) -> assertThat(second.classes().get(name)).isEqualTo(bytes));
    }

    @Test
    void an_unknown_flow_is_refused_with_those_that_exist() {
        assertThatThrownBy(() -> compile("ingets", NOTEBOOK))
                .isInstanceOf(SliceProblem.class)
                .hasMessage("etl.ipynb: there is no flow 'ingets'; its flows are ingest");
        assertThatThrownBy(() -> compile("x", "int a = 1;"))
                .hasMessage("etl.ipynb: there is no flow 'x'; no cell is headed %%flow");
    }

    @Test
    void a_cell_that_the_notebook_refuses_is_refused_at_its_line() {
        assertThatThrownBy(() -> compile("f", "int a = 1;", "\n%%task retires=3\nint f() { return 1; }"))
                .isInstanceOf(SliceProblem.class)
                .hasMessageStartingWith("etl.ipynb[2]:2: ")
                .hasMessageContaining("retries");
    }

    @Test
    void a_task_that_reads_a_notebook_variable_is_refused() {
        assertThatThrownBy(() -> compile(
                        "f",
                        "%%params\nint year = 2021;",
                        "%%task\nint t() {\n    return year;\n}",
                        "%%flow\nint f() {\n    return t();\n}"))
                .hasMessage(
                        "etl.ipynb[2]:3: reads the notebook variable 'year' of etl.ipynb[1]; make it a parameter, or"
                                + " a constant: static final");
    }

    @Test
    void the_parameters_of_a_notebook_are_read_without_running_it() {
        assertThat(compiler().parameters(notebook("%%params\nint a = Integer.parseInt(\"x\"); // a number", "1")))
                .containsExactly(new FlowParameter("a", "int", Optional.of("a number"), Optional.empty()));
    }

    @Test
    void the_constants_of_a_parameter_are_told_and_its_enum_is_not_run() {
        Slice slice = compile(
                "f",
                "enum Mode { APPEND, REPLACE; static { if (true) throw new IllegalStateException(\"run\"); } }",
                "%%flow\nint f(Mode mode, java.time.DayOfWeek day, Optional<Mode> maybe, List<Mode> all, int n) {\n"
                        + "    return n;\n}");

        assertThat(slice.manifest().parameters())
                .extracting(parameter ->
                        parameter.type() + " " + parameter.choices().size())
                .containsExactly(
                        "Mode 2",
                        "java.time.DayOfWeek 7",
                        "java.util.Optional<Mode> 2",
                        "java.util.List<Mode> 2",
                        "int 0");
        assertThat(slice.manifest().parameters().get(0).choices()).containsExactly("APPEND", "REPLACE");
    }

    @Test
    void a_default_of_a_type_of_the_notebook_is_bound_to_the_parameter_of_its_name_and_type() {
        Slice slice = compile(
                "f",
                "enum Mode { APPEND, REPLACE }",
                "%%params\nMode former = Mode.APPEND;\nMode mode = Mode.REPLACE;\nList<Mode> all = List.of(Mode.APPEND);\n"
                        + "long n = 5;",
                "%%flow\nint f(Mode mode, List<Mode> all, int n) {\n    return all.size();\n}");

        assertThat(slice.manifest().parameters())
                .extracting(parameter ->
                        parameter.type() + " " + parameter.defaultJson().orElse("none"))
                .containsExactly("Mode \"REPLACE\"", "java.util.List<Mode> [\"APPEND\"]", "int none");
    }

    private static Slice compile(String flow, String... texts) {
        return compiler().compile(notebook(texts), flow);
    }

    private static NotebookSource notebook(String... texts) {
        List<NotebookSource.Cell> cells = new ArrayList<>();
        for (String text : texts) {
            cells.add(new NotebookSource.Cell(cells.size() + 1, text));
        }
        return new NotebookSource("etl.ipynb", cells);
    }

    private static SliceCompiler compiler() {
        SliceCompiler.Settings settings = new SliceCompiler.Settings(
                IMPORTS,
                List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)),
                SliceCompilerTest.class.getClassLoader(),
                SliceCompilerTest::read,
                graph -> "<svg/>");
        return new SliceCompiler(settings);
    }

    private static DefinitionReader.Definitions read(String notebook, List<DefinitionReader.ReadCell> cells) {
        List<TaskDefinition> tasks = new ArrayList<>();
        for (DefinitionReader.ReadCell cell : cells) {
            cell.rewritten()
                    .ifPresent(rewritten -> rewritten
                            .method()
                            .ifPresent(method -> tasks.add(definition(rewritten.header(), method, cell.index()))));
        }
        return new DefinitionReader.Definitions(tasks, Map.of());
    }

    private static TaskDefinition definition(CellHeader header, TaskMethod method, int cell) {
        Map<String, String> types =
                Map.of("String", "java.lang.String", "List<Integer>", "java.util.List<java.lang.Integer>");
        return new TaskDefinition(
                new TaskName(method.name()),
                header.kind() == CellKind.FLOW ? Kind.FLOW : Kind.TASK,
                method.parameters().stream()
                        .map(input -> new Parameter(
                                input.name(), types.getOrDefault(input.type(), input.type()), Optional.empty()))
                        .toList(),
                method.returnType(),
                header.policyOf(method.name(), method.returnsNothing()),
                new CodeIdentity.Unknown("not read"),
                new TaskDefinition.Origin("etl.ipynb", cell, method.line()),
                List.of());
    }

    private static Method method(Slice slice, String type, String name) throws ReflectiveOperationException {
        for (Method method : slice.loader(SliceCompilerTest.class.getClassLoader())
                .loadClass(type)
                .getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                return method;
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static Definitions definitions(Slice slice) {
        return new Definitions() {
            @Override
            public TaskDefinition at(Class<?> site, TaskName name) {
                return named(name).orElseThrow();
            }

            @Override
            public Optional<TaskDefinition> named(TaskName name) {
                return all().stream().filter(each -> each.name().equals(name)).findFirst();
            }

            @Override
            public Collection<TaskDefinition> all() {
                return slice.manifest().tasks().stream()
                        .map(FlowManifest.SlicedTask::definition)
                        .toList();
            }
        };
    }
}
