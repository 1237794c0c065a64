package io.dagshell.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.run.OutputTee.Capture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ThreadTeeTest {
    private final ThreadTee tee = new ThreadTee(true);
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final PrintStream out = tee.stream(terminal, false);
    private final PrintStream err = tee.stream(terminal, true);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void lines_go_to_the_terminal_and_to_the_capture_of_their_thread() throws InterruptedException {
        try (Capture capture = tee.capture((error, text) -> lines.add((error ? "err " : "out ") + text))) {
            out.print("grün");
            err.println("bad");
            out.println("e Zeile");
            Thread child = new Thread(() -> out.println("from a thread"));
            child.start();
            child.join();
            out.print("unfinished");
        }
        out.println("after");

        assertThat(lines).containsExactly("err bad", "out grüne Zeile", "out from a thread", "out unfinished");
        assertThat(terminal.toString(UTF_8)).isEqualTo("grünbad\ne Zeile\nfrom a thread\nunfinishedafter\n");
    }

    @Test
    void what_never_ends_a_line_is_told_in_parts_that_cut_no_character() {
        try (Capture capture = tee.capture((error, text) -> lines.add(text))) {
            for (int i = 0; i < 3_000; i++) {
                out.print("é".repeat(33) + "€");
            }
            assertThat(lines).hasSizeGreaterThan(2);
        }
        assertThat(String.join("", lines)).isEqualTo(("é".repeat(33) + "€").repeat(3_000));
        assertThat(lines).allSatisfy(line -> assertThat(line.getBytes(UTF_8)).hasSizeLessThan(66_000));
    }

    @Test
    void lines_of_an_inner_call_are_not_the_outer_ones_too() {
        try (Capture outer = tee.capture((error, text) -> lines.add("outer " + text))) {
            out.println("1");
            try (Capture inner = tee.capture((error, text) -> lines.add("inner " + text))) {
                out.println("2");
            }
            out.println("3");
        }

        assertThat(lines).containsExactly("outer 1", "inner 2", "outer 3");
    }

    @Test
    void threads_without_a_capture_print_only() {
        out.println("plain");

        assertThat(lines).isEmpty();
        assertThat(terminal.toString(UTF_8)).isEqualTo("plain\n");
    }
}
