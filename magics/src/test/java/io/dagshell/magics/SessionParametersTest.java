package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.magics.NotebookSessions.Shown;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionParametersTest {
    private static final String DECLARED = """
            %%params
            String color = "yellow";
            int year = 2021;
            List<Integer> months = List.of(1, 2, 3); // months to load
            java.time.LocalDate from = java.time.LocalDate.EPOCH;
            Optional<Double> share = Optional.empty();
            """;

    private NotebookSessions notebook;

    @BeforeAll
    void opens_a_session(@TempDir Path cache) {
        notebook = NotebookSessions.open(cache);
    }

    @AfterAll
    void closes_it() {
        notebook.close();
    }

    @BeforeEach
    void declares_the_parameters() {
        assertThat(notebook.run(DECLARED).error()).isEmpty();
    }

    @Test
    void lines_without_types_set_the_declared_variables() {
        notebook.run(
                "# Parameters\nyear = 2024\nmonths = [4, 5]\ncolor = \"green\"\nfrom = 2024-01-31\nshare = 0.25\n");
        assertThat(notebook.run("color + year + months + from + share.get()").result())
                .contains("green2024[4, 5]2024-01-310.25");
    }

    @Test
    void a_variable_that_is_no_parameter_is_assigned_by_java() {
        notebook.run("int own = 1;");

        assertThat(notebook.run("own = own + 6").result()).contains("7");
        assertThat(notebook.run("own").result()).contains("7");
    }

    @Test
    void what_was_set_is_told() {
        assertThat(notebook.run("year = 2030").stdout()).isEqualTo("year = 2030\n");
    }

    @Test
    void a_value_in_quotes_is_read_by_the_type_it_is_for() {
        notebook.run("year = \"2025\"\nmonths = '[7]'");
        assertThat(notebook.run("year + months.get(0)").result()).contains("2032");
    }

    @Test
    void a_text_keeps_its_spaces_and_equal_signs() {
        notebook.run("color = a = b  c");
        assertThat(notebook.run("color").result()).contains("a = b  c");
    }

    @Test
    void a_wrong_value_names_parameter_type_and_line_and_sets_nothing() {
        Shown ran = notebook.run("# Parameters\nmonths = [9]\nyear = next");
        assertThat(ran.error()).hasValueSatisfying(error -> {
            assertThat(error.message()).contains("year (int)", "'next'");
            assertThat(error.line()).isEqualTo(3);
        });
        assertThat(notebook.run("months").result()).contains("[1, 2, 3]");
    }

    @Test
    void an_unknown_name_is_refused_with_the_nearest_one() {
        assertThat(notebook.run("colour = green").error())
                .hasValueSatisfying(error ->
                        assertThat(error.message()).contains("there is no parameter colour", "did you mean color?"));
    }

    @Test
    void values_that_come_first_wait_for_the_cell_that_declares_them(@TempDir Path other) {
        try (NotebookSessions fresh = NotebookSessions.open(other)) {
            assertThat(fresh.run("# Parameters\nyear = 1999\n").stdout()).contains("%%params", "year");
            assertThat(fresh.run(DECLARED).stdout()).isEqualTo("year = 1999\n");
            assertThat(fresh.run("year").result()).contains("1999");
        }
    }

    @Test
    void java_stays_java() {
        assertThat(notebook.run("year = 1980;").error()).isEmpty();
        assertThat(notebook.run("int other = 3").error()).isEmpty();
        assertThat(notebook.run("year").result()).contains("1980");
    }
}
