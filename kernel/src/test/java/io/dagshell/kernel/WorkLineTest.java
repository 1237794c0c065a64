package io.dagshell.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WorkLineTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final WorkLine<String> line = new WorkLine<>();

    @Test
    void a_line_that_nobody_comes_to_stays_empty() throws Exception {
        assertThat(line.staysEmpty(Duration.ofMillis(20))).isTrue();
    }

    @Test
    void whoever_comes_ends_the_quiet_at_once_and_is_next() throws Exception {
        CompletableFuture<Boolean> quiet = quiet();
        line.add("cell");
        assertThat(quiet.get()).isFalse();
        assertThat(line.next()).contains("cell");
    }

    @Test
    void the_end_of_the_line_is_not_taken_for_quiet() throws Exception {
        CompletableFuture<Boolean> quiet = quiet();
        line.close();
        assertThat(quiet.get()).isFalse();
    }

    @Test
    void what_was_done_before_the_quiet_is_not_what_an_interrupt_means() throws Exception {
        line.add("cell");
        line.next();
        assertThat(line.front()).contains("cell");
        line.staysEmpty(Duration.ofMillis(1));
        assertThat(line.front()).isEmpty();
    }

    private CompletableFuture<Boolean> quiet() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return line.staysEmpty(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
