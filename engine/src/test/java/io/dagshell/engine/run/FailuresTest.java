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
}
