package io.dagshell.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.CellResult;
import io.dagshell.notebooks.HeadlessRun.Executed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class HeadlessRunTest {
    private static final CellError ERROR = new CellError(
            "java.io.IOException", "no table", List.of("java.io.IOException: no table", "  at [2]:1"), 1, 0);
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final List<CellRequest> requests = new ArrayList<>();

    @Test
    void outputs_are_kept_as_jupyter_keeps_them_and_shown_on_the_terminal() {
        Executed executed = run(notebook("one"), (request, output) -> {
            output.stdout("a\nb");
            output.stdout("c\n");
            output.stderr("warned\n");
            output.display(Map.of("text/plain", "pending", "text/html", "<b>pending</b>"), Optional.of("d1"));
            output.result(Map.of("text/plain", "42", "application/json", "{\"x\": 1}"));
            output.update(Map.of("text/plain", "done"), "d1");
            return new CellResult.Done();
        });

        assertThat(executed.failure()).isEmpty();
        assertThat(json(executed))
                .containsPattern("\"a\\\\n\",\\s+\"bc\\\\n\"")
                .contains("\"name\": \"stderr\"", "\"output_type\": \"execute_result\"", "\"x\": 1", "\"done\"")
                .contains("\"execution_count\": 1")
                .doesNotContain("pending");
        assertThat(terminal.toString(UTF_8)).isEqualTo("\n[1] one\na\nbc\nwarned\ndone\n42\n");
    }

    @Test
    void a_later_cell_updates_the_display_of_an_earlier_one() {
        Executed executed = run(notebook("one", "two"), (request, output) -> {
            if (request.number() == 1) {
                output.display(Map.of("text/plain", "before"), Optional.of("d1"));
            } else {
                output.update(Map.of("text/plain", "after"), "d1");
            }
            return new CellResult.Done();
        });

        assertThat(json(executed)).contains("\"after\"").doesNotContain("\"before\"");
    }

    @Test
    void a_terminal_sees_progress_on_a_line_that_is_written_over() {
        PrintStream stream = new PrintStream(terminal, true, UTF_8);
        HeadlessRun.of(notebook("go()", "quiet"), (request, output) -> {
                    if (request.number() == 1) {
                        output.display(Map.of("text/plain", "run\n  x  Running  1 s"), Optional.of("d1"));
                        output.update(Map.of("text/plain", "run: Completed"), "d1");
                    }
                    return new CellResult.Done();
                })
                .run(new TerminalListener(stream, stream, true));

        assertThat(terminal.toString(UTF_8))
                .isEqualTo("\n[1] go()\n\r\u001b[K  x  Running  1 s\r\u001b[Krun: Completed\r\u001b[Krun: Completed\n");
    }

    @Test
    void it_stops_at_the_first_failing_cell_and_keeps_what_ran() {
        Executed executed = run(notebook("one", "two", "three"), (request, output) -> {
            output.stdout("ran " + request.text() + "\n");
            if (request.number() == 2) {
                output.error(ERROR);
                return new CellResult.Failed(ERROR);
            }
            return new CellResult.Done();
        });

        assertThat(executed.failure()).contains(new HeadlessRun.Failure("etl.ipynb[2]", ERROR, false));
        assertThat(json(executed))
                .contains("ran one", "ran two", "\"ename\": \"java.io.IOException\"")
                .doesNotContain("ran three");
        assertThat(terminal.toString(UTF_8)).endsWith("java.io.IOException: no table\n  at [2]:1\n");
    }

    @Test
    void blank_cells_are_counted_but_not_run() {
        run(notebook("one", " \n", "three"), (request, output) -> new CellResult.Done());

        assertThat(requests)
                .containsExactly(
                        new CellRequest("etl.ipynb[1]", 1, "one"), new CellRequest("etl.ipynb[3]", 3, "three"));
    }

    @Test
    void parameters_are_injected_behind_their_cell_and_replace_those_of_an_earlier_run() {
        NotebookFile first = notebook("one", "%%params\nint year = 2021; // a year", "three");
        Executed once = inject(first, "2022");
        Executed twice = inject(once.notebook(), "2023");

        assertThat(requests.subList(4, 8))
                .containsExactly(
                        new CellRequest("etl.ipynb[1]", 1, "one"),
                        new CellRequest("etl.ipynb[2]", 2, "%%params\nint year = 2021; // a year"),
                        new CellRequest("etl.ipynb[parameters]", 2, "%%params\nint year = 2023;"),
                        new CellRequest("etl.ipynb[3]", 3, "three"));
        assertThat(twice.notebook().codeCells()).hasSize(4);
        assertThat(twice.notebook().codeCells().get(2).injected()).isTrue();
        assertThat(json(twice)).contains("int year = 2023;").doesNotContain("2022");
    }

    @Test
    void values_that_do_not_fit_the_notebook_are_refused_in_words() {
        NotebookFile notebook = notebook("%%params\nint year = 2021;");
        List<FlowParameter> declared = List.of(new FlowParameter("year", "int", Optional.empty(), Optional.empty()));

        assertThatThrownBy(() -> InjectedParameters.of(notebook, declared, Map.of("year", "next")))
                .isInstanceOf(NotebookProblem.class)
                .hasMessageStartingWith("etl.ipynb: parameter year (int): 'next' is not ");
        assertThatThrownBy(() -> InjectedParameters.of(notebook, declared, Map.of("yaer", "1")))
                .hasMessageStartingWith("etl.ipynb: there is no parameter yaer; there are year (int)");
        assertThatThrownBy(() -> InjectedParameters.of(notebook("1"), List.of(), Map.of("year", "1")))
                .hasMessage("etl.ipynb takes no parameters: none of its cells is headed %%params.");
    }

    private Executed inject(NotebookFile notebook, String year) {
        InjectedParameters values = InjectedParameters.of(
                notebook,
                List.of(new FlowParameter("year", "int", Optional.empty(), Optional.empty())),
                Map.of("year", year));
        return HeadlessRun.of(notebook, (request, output) -> {
                    requests.add(request);
                    return new CellResult.Done();
                })
                .with(values)
                .run(listener());
    }

    private Executed run(NotebookFile notebook, BiFunction<CellRequest, CellOutput, CellResult> cells) {
        return HeadlessRun.of(notebook, (request, output) -> {
                    requests.add(request);
                    return cells.apply(request, output);
                })
                .run(listener());
    }

    private TerminalListener listener() {
        PrintStream stream = new PrintStream(terminal, true, UTF_8);
        return new TerminalListener(stream, stream);
    }

    private static String json(Executed executed) {
        return new String(executed.notebook().bytes(), UTF_8);
    }

    private static NotebookFile notebook(String... sources) {
        StringBuilder cells = new StringBuilder();
        for (String source : sources) {
            cells.append(cells.isEmpty() ? "" : ",")
                    .append("{\"cell_type\": \"code\", \"source\": \"")
                    .append(source.replace("\n", "\\n"))
                    .append("\"}");
        }
        return NotebookFile.parse(
                "etl.ipynb",
                ("{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [" + cells + "]}")
                        .getBytes(UTF_8));
    }
}
