package io.dagshell.magics.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dagshell.kernel.session.TransformedCell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterDefaultsTest {

    @Test
    void types_values_and_descriptions_are_those_of_the_cell() {
        assertThat(defaults("""

                                String color = "yellow"; // yellow or green
                                int year = BASE + 21;
                                List<Integer> months = List.of(1, 2, year);   // months to load
                                """, "static final int BASE = 2000;"))
                .extracting(
                        each -> each.name(),
                        each -> each.type().getTypeName(),
                        each -> each.value(),
                        each -> each.description().orElse(""))
                .containsExactly(
                        tuple("color", "java.lang.String", "yellow", "yellow or green"),
                        tuple("year", "int", 2021, ""),
                        tuple("months", "java.util.List<java.lang.Integer>", List.of(1, 2, 2021), "months to load"));
    }

    @Test
    void a_default_that_throws_is_told_at_its_line() {
        assertThatThrownBy(() -> defaults("\nint a = 1;\nint b = Integer.parseInt(\"x\");")
                        .get(1)
                        .value())
                .isInstanceOf(SliceProblem.class)
                .hasMessage(
                        "etl.ipynb[1]:3: the default value throws java.lang.NumberFormatException: For input string:"
                                + " \"x\"");
    }

    @Test
    void a_default_that_reads_a_variable_of_the_notebook_is_refused() {
        assertThatThrownBy(() -> defaults("\nint a = n + 1;", "int n = 5;"))
                .hasMessageStartingWith("etl.ipynb[1]:2: reads the notebook variable 'n' of etl.ipynb[2]");
    }

    private static List<ParameterDefaults.Declared> defaults(String... texts) {
        List<CellText> cells = new ArrayList<>();
        for (String text : texts) {
            int index = cells.size() + 1;
            cells.add(CellText.of("etl.ipynb[" + index + "]", index, text, TransformedCell.unchanged(text)));
        }
        SliceUnits units = new SliceUnits(List.of("import java.util.*;"), cells, List.of());
        return ParameterDefaults.of(cells.subList(0, 1), cells, units, ParameterDefaultsTest.class.getClassLoader())
                .declared();
    }
}
