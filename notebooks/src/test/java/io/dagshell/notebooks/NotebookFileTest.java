package io.dagshell.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookFileTest {
    @TempDir
    private Path folder;

    @Test
    void code_cells_are_numbered_from_one_and_sources_may_be_text_or_lines() {
        NotebookFile notebook = parse("""
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
                  {"cell_type": "markdown", "source": "# Title"},
                  {"cell_type": "code", "source": "int a = 1;\\nint b = 2;", "metadata": {"tags": ["parameters"]}},
                  {"cell_type": "code", "source": ["%%task\\n", "int f() {\\n", "return 1; }"]}]}""");

        assertThat(notebook.codeCells())
                .containsExactly(
                        new CodeCell(1, "int a = 1;\nint b = 2;", false, true),
                        new CodeCell(2, "%%task\nint f() {\nreturn 1; }", false, false));
        assertThat(notebook.source(notebook.codeCells().get(1))).isEqualTo("etl.ipynb[2]");
        assertThat(notebook.codeCells().get(1).hasMagic("task")).isTrue();
        assertThat(notebook.codeCells().get(1).hasMagic("tas")).isFalse();
    }

    @Test
    void the_bytes_of_a_notebook_that_jupyter_wrote_come_back_the_same() throws IOException {
        byte[] written = Files.readAllBytes(Path.of("examples", "nyc_taxi_postgres.ipynb"));

        assertThat(new String(NotebookFile.parse("a.ipynb", written).bytes(), UTF_8))
                .isEqualTo(new String(written, UTF_8));
    }

    @Test
    void stripping_outputs_keeps_what_is_not_known() {
        NotebookFile notebook = parse("""
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {"mine": {"x": 1.50}}, "cells": [
                  {"cell_type": "code", "execution_count": 9, "metadata": {"slideshow": 1, "execution": {"t": 1}},
                   "outputs": [{"output_type": "stream"}], "source": "1", "attachments": {"a": 1}}]}""");

        assertThat(new String(notebook.withoutOutputs().bytes(), UTF_8))
                .contains("\"x\": 1.50", "\"slideshow\": 1", "\"attachments\"", "\"outputs\": []")
                .contains("\"execution_count\": null")
                .doesNotContain("stream", "\"execution\"");
    }

    @Test
    void a_written_notebook_replaces_the_old_one_and_leaves_nothing_beside_it() throws IOException {
        Path file = folder.resolve("new/etl.ipynb");
        NotebookFile notebook = parse("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"1\"}]}");

        notebook.write(file);
        notebook.write(file);

        assertThat(NotebookFile.read(file).codeCells()).hasSize(1);
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void what_is_no_notebook_is_refused_in_one_sentence_that_names_the_file() throws IOException {
        assertThatThrownBy(() -> NotebookFile.read(folder.resolve("none.ipynb")))
                .isInstanceOf(NotebookProblem.class)
                .hasMessage("There is no notebook " + folder.resolve("none.ipynb") + ".");
        Path broken = Files.writeString(folder.resolve("broken.ipynb"), "{\"cells\":\n  oops");
        assertThatThrownBy(() -> NotebookFile.read(broken))
                .hasMessage(broken + " is no notebook: it is not JSON (line 2, column 3).");
        assertRefused("[]", "etl.ipynb is no notebook: it does not hold a JSON object.");
        assertRefused("{}", "etl.ipynb is no notebook: it has no 'nbformat'.");
        assertRefused(
                "{\"nbformat\": 3, \"worksheets\": []}",
                "etl.ipynb has notebook format 3, DagShell reads 4; convert it with: "
                        + "jupyter nbconvert --to notebook --nbformat 4 etl.ipynb.");
        assertRefused("{\"nbformat\": 4}", "etl.ipynb is no notebook: it has no list of 'cells'.");
        assertRefused(
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"markdown\", \"source\": \"text\"}]}",
                "etl.ipynb has no code: none of its cells is a code cell with text.");
        assertRefused(
                "{\"nbformat\": 4, \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}, \"cells\": []}",
                "etl.ipynb is a notebook of python, DagShell runs Java.");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(NotebookProblem.class)
                .hasMessage(message);
    }

    private static NotebookFile parse(String json) {
        return NotebookFile.parse("etl.ipynb", json.getBytes(UTF_8));
    }
}
