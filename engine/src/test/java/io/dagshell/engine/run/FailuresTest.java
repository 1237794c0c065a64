package io.dagshell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Failures failures = new Failures(UserFrames.ofCells());

    private static StackTraceElement frame(String type, String method, String file, int line) {
        return new StackTraceElement(type, method, file, line);
    }

    private static <T extends Throwable> T thrownAt(T failure, StackTraceElement... frames) {
        failure.setStackTrace(frames);
        return failure;
    }

    @Test
    void the_first_user_frame_is_the_place_and_engine_frames_are_left_out() {
        IOException failure = thrownAt(
                new IOException("404"),
                frame("tech.tablesaw.io.Source", "open", "Source.java", 12),
                frame("nb.Cell7", "fetch$impl", "etl.ipynb[7]", 6),
                frame("nb.Cell7", "lambda$fetch$0", "etl.ipynb[7]", 8),
                frame("io.dagshell.engine.run.OneAttempt", "evaluate", "OneAttempt.java", 60),
                frame("dev.failsafe.Failsafe", "get", "Failsafe.java", 1),
                frame("nb.Cell9", "ingest$impl", "etl.ipynb[9]", 3),
                frame("java.lang.Thread", "run", "Thread.java", 840));

        assertThat(failures.location(failure)).isEqualTo("etl.ipynb[7]:6");
        assertThat(failures.trace(failure)).isEqualTo("""
                        java.io.IOException: 404
                            at tech.tablesaw.io.Source.open(Source.java:12)
                            at fetch (etl.ipynb[7]:6)
                            at fetch (etl.ipynb[7]:8)
                            at ingest (etl.ipynb[9]:3)""");
    }

    @Test
    void causes_are_told_with_their_own_frames() {
        SQLException cause = thrownAt(new SQLException("gone"), frame("org.x.Driver", "send", "Driver.java", 5));
        IllegalStateException failure =
                thrownAt(new IllegalStateException("load", cause), frame("nb.Cell3", "load", "etl.ipynb[3]", 2));

        assertThat(failures.trace(failure)).isEqualTo("""
                        java.lang.IllegalStateException: load
                            at load (etl.ipynb[3]:2)
                        caused by: java.sql.SQLException: gone
                            at org.x.Driver.send(Driver.java:5)""");
    }

    @Test
    void a_failure_without_a_user_frame_has_no_place() {
        assertThat(failures.location(thrownAt(new IOException("x"), frame("a.B", "c", "B.java", 1))))
                .isEmpty();
    }

    @Test
    void the_kind_is_judged_by_class_up_the_hierarchy_and_through_causes() {
        assertThat(Failures.kindOf(new ConnectException("refused"))).isEqualTo(FailureKind.RESOURCE);
        assertThat(Failures.kindOf(new SQLException("down"))).isEqualTo(FailureKind.RESOURCE);
        assertThat(Failures.kindOf(new UncheckedIOException(new IOException("disk"))))
                .isEqualTo(FailureKind.RESOURCE);
        assertThat(Failures.kindOf(new RuntimeException("load", new SQLException("down"))))
                .isEqualTo(FailureKind.RESOURCE);
        assertThat(Failures.kindOf(new NoSuchFileException("a.csv"))).isEqualTo(FailureKind.USER);
        assertThat(Failures.kindOf(new SQLSyntaxErrorException("selct"))).isEqualTo(FailureKind.USER);
        assertThat(Failures.kindOf(new NullPointerException())).isEqualTo(FailureKind.USER);
        assertThat(Failures.kindOf(RefusedCallException.tooDeep(new io.dagshell.engine.model.TaskName("a"), 1)))
                .isEqualTo(FailureKind.USER);
    }

    @Test
    void a_circle_of_causes_ends() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);

        assertThat(failures.trace(one)).contains("two");
    }
}
