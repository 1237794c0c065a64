package io.dagshell.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class DagshellCommandTest {

    @Test
    void a_command_that_does_not_exist_is_bad_input_and_the_nearest_is_named() {
        Typed typed = Typed.of("deploymen");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("deploymen").contains("deployment");
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void no_command_at_all_is_bad_input_and_shows_what_there_is() {
        Typed typed = Typed.of();

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err())
                .contains("Name a command.")
                .contains("deployment")
                .contains("Exit codes: 0 done");
    }

    @Test
    void a_wrong_argument_is_one_sentence() {
        assertThat(Typed.of("run", "etl.py").err())
                .isEqualTo("'etl.py' names no notebook: write NOTEBOOK.ipynb, or NOTEBOOK.ipynb:flow for one flow of"
                        + " it." + System.lineSeparator());
        assertThat(Typed.of("run", "gone.ipynb")).satisfies(typed -> {
            assertThat(typed.code()).isEqualTo(2);
            assertThat(typed.err()).contains("gone.ipynb").hasLineCount(1);
        });
        assertThat(Typed.of("demo", "--data", "gone.csv").err())
                .contains("gone.csv")
                .hasLineCount(1);
    }

    @Test
    void help_and_version_are_no_errors() {
        assertThat(Typed.of("--help").code()).isZero();
        assertThat(Typed.of("--version").out()).contains("dagshell ").contains("on Java ");
    }

    @Test
    void a_command_is_found_by_the_name_it_calls_itself() {
        DagshellCommand.COMMANDS.forEach((name, command) -> {
            Command told = command.getAnnotation(Command.class);
            assertThat(told.name()).isEqualTo(name);
            if (told.mixinStandardHelpOptions()) {
                assertThat(Typed.of(name, "--help").out()).startsWith("Usage: dagshell " + name);
            }
        });
    }
}
