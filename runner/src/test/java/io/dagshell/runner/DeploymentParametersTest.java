package io.dagshell.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentParametersTest {
    @TempDir
    private Path folder;

    @Test
    void values_are_taken_as_the_person_wrote_them() throws IOException {
        Map<String, String> values = read("""
                name: x
                tags: [a, {b: 1}]
                parameters:
                  zip: 007
                  day: 2021-01-01
                  amount: 1.50
                  answer: no
                  quoted: "a: b"
                  months: [1, 2, 3]
                  colors:
                    - yellow
                    - "2"
                  limits: {a: 1}
                  unset:
                schedules: []
                """);

        assertThat(values)
                .containsEntry("zip", "007")
                .containsEntry("day", "2021-01-01")
                .containsEntry("amount", "1.50")
                .containsEntry("answer", "no")
                .containsEntry("quoted", "a: b")
                .containsEntry("months", "[1,2,3]")
                .containsEntry("colors", "[\"yellow\",\"2\"]")
                .containsEntry("limits", "{\"a\":1}")
                .doesNotContainKey("unset");
    }

    @Test
    void no_file_and_no_parameters_give_no_values() throws IOException {
        assertThat(DeploymentParameters.read(folder.resolve("none.yaml"))).isEmpty();
        assertThat(read("name: x\nparameters: {}\n")).isEmpty();
        assertThat(read("name: x\nparameters:\n  # year:\nschedules: []\n")).isEmpty();
    }

    @Test
    void what_is_no_yaml_names_file_and_line() {
        assertThatThrownBy(() -> read("name: x\nparameters:\n  a: [1\nb: c"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(folder.resolve("deployment.yaml") + ":4: it is not YAML: ");
        assertThatThrownBy(() -> read("parameters: 7"))
                .hasMessage(
                        folder.resolve("deployment.yaml") + ":1: 'parameters' does not hold 'name: value' entries.");
        assertThatThrownBy(() -> read("- a"))
                .hasMessage(folder.resolve("deployment.yaml") + ":1: it does not hold 'name: value' entries.");
    }

    private Map<String, String> read(String yaml) throws IOException {
        return DeploymentParameters.read(Files.writeString(folder.resolve("deployment.yaml"), yaml));
    }
}
