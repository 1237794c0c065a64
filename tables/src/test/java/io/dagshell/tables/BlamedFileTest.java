package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dagshell.engine.event.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlamedFileTest {
    @TempDir
    Path folder;

    @Test
    void a_line_that_does_not_fit_is_the_inputs_fault_and_not_worth_another_try() throws IOException {
        Path file = Files.writeString(folder.resolve("wide.csv"), "a,b\n1,2\n1,2,3\n");

        assertThat(failure(file).failureKind()).isEqualTo(FailureKind.USER);
    }

    @Test
    void a_file_that_is_not_there_may_come() {
        assertThat(failure(folder.resolve("gone.csv")).failureKind()).isEqualTo(FailureKind.RESOURCE);
    }

    private static TableFileException failure(Path file) {
        return catchThrowableOfType(TableFileException.class, () -> Tables.readCsv(file));
    }
}
