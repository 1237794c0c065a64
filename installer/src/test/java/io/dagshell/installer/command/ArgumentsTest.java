package io.dagshell.installer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.installer.CommandProblem;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void a_flow_stands_behind_the_last_colon() {
        NotebookFlow both = NotebookFlow.parse("C:/my.ipynb folder/etl.ipynb:ingest");

        assertThat(both.file())
                .isEqualTo(Path.of("C:/my.ipynb folder/etl.ipynb").toAbsolutePath());
        assertThat(both.flow()).contains("ingest");
        assertThat(NotebookFlow.parse("etl.ipynb").flow()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"etl.py", "ingest", "", "etl.ipynb:", "etl.ipynb: "})
    void what_names_no_notebook_or_no_flow_is_refused(String typed) {
        assertThatThrownBy(() -> NotebookFlow.parse(typed)).isInstanceOf(CommandProblem.class);
    }

    @Property
    void a_value_may_hold_anything(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name, @ForAll String value) {
        Assignment assignment = Assignment.parse(name + "=" + value);

        assertThat(assignment).isEqualTo(new Assignment(name, value));
    }

    @Test
    void the_last_value_of_a_name_counts() {
        assertThat(Assignment.map(List.of("a=1", "b=x=y", "a=2")))
                .containsExactly(java.util.Map.entry("a", "2"), java.util.Map.entry("b", "x=y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "=x", ""})
    void what_is_no_assignment_is_refused(String typed) {
        assertThatThrownBy(() -> Assignment.parse(typed))
                .isInstanceOf(CommandProblem.class)
                .hasMessageContaining("name=value");
    }
}
