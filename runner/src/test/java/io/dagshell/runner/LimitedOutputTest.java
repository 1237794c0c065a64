package io.dagshell.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LimitedOutputTest {
    @Test
    void what_is_too_much_is_left_out_and_that_is_said_once() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new LimitedOutput(file, 10), true, UTF_8);

        out.print("1234567890");
        assertThat(file.toString(UTF_8)).isEqualTo("1234567890");
        out.print("1");
        out.print("and so on");

        assertThat(file.toString(UTF_8))
                .isEqualTo("1234567890\nWhat is printed outside of tasks is left out from here: it is too much.\n");
    }

    @Test
    void what_lies_across_the_limit_is_cut_there() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new LimitedOutput(file, 10), true, UTF_8);
        out.print("123456789012345");
        assertThat(file.toString(UTF_8)).startsWith("1234567890\nWhat is printed");
    }
}
