package io.dagshell.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.cache.Refresh;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunArgumentsTest {

    @Test
    void parameters_and_options_are_read_in_any_order() {
        RunArguments read = RunArguments.parse(
                "run", "-p", "year=2021", "--refresh", "--param=query=a=b", "--data-home", "state", "-p", "color=");

        assertThat(read.parameters())
                .containsExactly(Map.entry("year", "2021"), Map.entry("query", "a=b"), Map.entry("color", ""));
        assertThat(read.refresh()).isEqualTo(Refresh.all());
        assertThat(read.home()).contains(Path.of("state"));
        assertThat(RunArguments.parse("run", "--help").help()).isTrue();
        assertThat(RunArguments.parse().parameters()).isEmpty();
    }

    @Test
    void tasks_to_refresh_may_be_named_and_what_gets_their_results_too() {
        assertThat(RunArguments.parse("run").refresh().isNone()).isTrue();
        assertThat(RunArguments.parse("run", "--refresh", "fetch,clean", "--downstream", "--verify"))
                .extracting(RunArguments::refresh, RunArguments::verify)
                .containsExactly(Refresh.of("fetch,clean", true), true);
        assertRefused("Downstream of which task?", "run", "--downstream");
        assertRefused("Downstream of which task?", "run", "--refresh", "--downstream");
        assertRefused("--refresh names tasks, separated by commas, not 'a b'.", "run", "--refresh", "a b");
    }

    @Test
    void what_does_not_fit_is_named() {
        assertRefused("There is no option '--fresh'.", "run", "--fresh");
        assertRefused("There is no option 'walk'.", "walk");
        assertRefused("The option -p has no value.", "run", "-p");
        assertRefused("A parameter is given as -p 'name=value', not 'year'.", "run", "-p", "year");
    }

    private static void assertRefused(String message, String... arguments) {
        assertThatThrownBy(() -> RunArguments.parse(arguments))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(message);
    }
}
