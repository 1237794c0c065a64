package io.dagshell.magics.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.run.Engine;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.CellResult;
import io.dagshell.kernel.session.JavaSession;
import io.dagshell.magics.CellExtension;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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

    private JavaSession session;
    private int cells;

    @BeforeAll
    void opens_a_session() {
        List<String> classPath = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        session =
                JavaSession.open(classPath, Engine.class.getClassLoader(), List.of(CellExtension.create("etl.ipynb")));
    }

    @AfterAll
    void closes_it() {
        session.close();
    }

    @BeforeEach
    void declares_the_parameters() {
        assertThat(run(DECLARED).error()).isEmpty();
    }

    @Test
    void lines_without_types_set_the_declared_variables() {
        run("# Parameters\nyear = 2024\nmonths = [4, 5]\ncolor = \"green\"\nfrom = 2024-01-31\nshare = 0.25\n");
        assertThat(run("color + year + months + from + share.get()").result())
                .contains("green2024[4, 5]2024-01-310.25");
    }

    @Test
    void what_was_set_is_told() {
        assertThat(run("year = 2030").stdout()).isEqualTo("year = 2030\n");
    }

    @Test
    void a_value_in_quotes_is_read_by_the_type_it_is_for() {
        run("year = \"2025\"\nmonths = '[7]'");
        assertThat(run("year + months.get(0)").result()).contains("2032");
    }

    @Test
    void a_text_keeps_its_spaces_and_equal_signs() {
        run("color = a = b  c");
        assertThat(run("color").result()).contains("a = b  c");
    }

    @Test
    void a_wrong_value_names_parameter_type_and_line_and_sets_nothing() {
        Ran ran = run("# Parameters\nmonths = [9]\nyear = next");
        assertThat(ran.error()).hasValueSatisfying(error -> {
            assertThat(error.message()).contains("year (int)", "'next'");
            assertThat(error.line()).isEqualTo(3);
        });
        assertThat(run("months").result()).contains("[1, 2, 3]");
    }

    @Test
    void an_unknown_name_is_refused_with_the_nearest_one() {
        assertThat(run("colour = green").error())
                .hasValueSatisfying(error ->
                        assertThat(error.message()).contains("there is no parameter colour", "did you mean color?"));
    }

    @Test
    void values_that_come_first_wait_for_the_cell_that_declares_them() {
        try (JavaSession fresh = JavaSession.open(
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                Engine.class.getClassLoader(),
                List.of(CellExtension.create("etl.ipynb")))) {
            assertThat(run(fresh, "# Parameters\nyear = 1999\n").stdout()).contains("%%params", "year");
            assertThat(run(fresh, DECLARED).stdout()).isEqualTo("year = 1999\n");
            assertThat(run(fresh, "year").result()).contains("1999");
        }
    }

    @Test
    void java_stays_java() {
        assertThat(run("year = 1980;").error()).isEmpty();
        assertThat(run("int other = 3").error()).isEmpty();
        assertThat(run("year").result()).contains("1980");
    }

    private Ran run(String cell) {
        return run(session, cell);
    }

    private Ran run(JavaSession in, String cell) {
        Heard heard = new Heard();
        CellResult result = in.execute(new CellRequest("etl.ipynb[" + ++cells + "]", cells, cell), heard);
        return new Ran(
                result, heard.stdout.toString(), Optional.ofNullable(heard.result), Optional.ofNullable(heard.error));
    }

    private record Ran(CellResult ended, String stdout, Optional<String> result, Optional<CellError> error) {}

    private static final class Heard implements CellOutput {
        private final StringBuilder stdout = new StringBuilder();
        private final List<String> stderr = new ArrayList<>();
        private @Nullable String result;
        private @Nullable CellError error;

        @Override
        public void stdout(String text) {
            stdout.append(text);
        }

        @Override
        public void stderr(String text) {
            stderr.add(text);
        }

        @Override
        public void display(Map<String, String> bundle, Optional<String> displayId) {}

        @Override
        public void update(Map<String, String> bundle, String displayId) {}

        @Override
        public void result(Map<String, String> bundle) {
            result = bundle.get("text/plain");
        }

        @Override
        public void clear(boolean wait) {}

        @Override
        public void error(CellError thrown) {
            error = thrown;
        }
    }
}
