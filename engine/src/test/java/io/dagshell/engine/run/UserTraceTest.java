package io.dagshell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class UserTraceTest {
    private final UserTrace traces = new UserTrace(UserFrames.ofCells());

    private static StackTraceElement frame(String type, String method, String file, int line) {
        return new StackTraceElement(type, method, file, line);
    }

    private static <T extends Throwable> T thrownAt(T failure, StackTraceElement... frames) {
        failure.setStackTrace(frames);
        return failure;
    }

    @Test
    void only_lines_of_cells_are_shown_and_each_method_once() {
        IOException failure = thrownAt(
                new IOException("404"),
                frame("tech.tablesaw.io.Source", "open", "Source.java", 12),
                frame("nb.Cell7", "lambda$fetch$impl$0", "etl.ipynb[7]", 6),
                frame("java.util.ArrayList", "forEach", "ArrayList.java", 1596),
                frame("nb.Cell7", "fetch$impl", "etl.ipynb[7]", 5),
                frame("nb.Cell7", "lambda$fetch$0", "etl.ipynb[7]", 8),
                frame("io.dagshell.engine.run.OneAttempt", "evaluate", "OneAttempt.java", 60),
                frame("dev.failsafe.Failsafe", "get", "Failsafe.java", 1),
                frame("nb.Cell7", "fetch", "etl.ipynb[7]", 8),
                frame("nb.Cell9", "ingest$impl", "etl.ipynb[9]", 3),
                frame("java.lang.Thread", "run", "Thread.java", 840));

        assertThat(traces.location(failure)).isEqualTo("etl.ipynb[7]:6");
        assertThat(traces.text(failure)).isEqualTo("""
                        java.io.IOException: 404
                            at fetch (etl.ipynb[7]:6)
                            at fetch (etl.ipynb[7]:5)
                            at ingest (etl.ipynb[9]:3)""");
    }

    @Test
    void a_cause_is_told_without_the_frames_told_before() {
        SQLException cause = thrownAt(
                new SQLException("gone"),
                frame("org.x.Driver", "send", "Driver.java", 5),
                frame("nb.Cell3", "load", "etl.ipynb[3]", 2));
        IllegalStateException failure =
                thrownAt(new IllegalStateException("load", cause), frame("nb.Cell3", "load", "etl.ipynb[3]", 2));

        assertThat(traces.text(failure)).isEqualTo("""
                        java.lang.IllegalStateException: load
                            at load (etl.ipynb[3]:2)
                        caused by: java.sql.SQLException: gone""");
    }

    @Test
    void a_library_that_gives_no_message_is_named_in_one_line() {
        NullPointerException failure = thrownAt(
                new NullPointerException(),
                frame("java.util.Objects", "requireNonNull", "Objects.java", 208),
                frame("java.util.List", "of", "List.java", 800),
                frame("nb.Cell3", "load", "etl.ipynb[3]", 2));

        assertThat(traces.text(failure)).isEqualTo("""
                        java.lang.NullPointerException
                            at java.util.Objects.requireNonNull
                            at load (etl.ipynb[3]:2)""");
    }

    @Test
    void a_program_without_cells_sees_where_it_was_thrown() {
        IOException failure = thrownAt(
                new IOException("x"),
                frame("a.B", "c", "B.java", 1),
                frame("io.dagshell.engine.run.OneAttempt", "evaluate", "OneAttempt.java", 60));

        assertThat(traces.location(failure)).isEmpty();
        assertThat(traces.text(failure)).isEqualTo("java.io.IOException: x\n    at a.B.c(B.java:1)");
    }

    @Test
    void a_circle_of_causes_ends() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);

        assertThat(traces.text(one)).contains("two");
    }
}
