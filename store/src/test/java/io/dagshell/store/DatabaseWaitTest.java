package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DatabaseWaitTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final List<String> told = new ArrayList<>();

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void a_postgresql_that_is_being_started_is_waited_for_and_that_is_said_once() throws Exception {
        int port = freePort();
        CompletableFuture<EmbeddedPostgres> starting = CompletableFuture.supplyAsync(() -> {
            try {
                TimeUnit.SECONDS.sleep(2);
                return EmbeddedPostgres.builder().setPort(port).start();
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
        try (Database database = Database.at("postgresql://postgres@127.0.0.1:" + port + "/postgres")) {
            database.await(LONG, told::add);

            assertThatCode(database::check).doesNotThrowAnyException();
            assertThat(told)
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + port, "not answer yet", "120 s at most");
        } finally {
            starting.get().close();
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void what_waiting_does_not_mend_is_not_waited_for() {
        String there = TestDatabases.postgres();
        try (Database database = Database.at(there.replaceFirst("/[^/]*$", "/nobody_made_this"))) {
            database.await(LONG, told::add);

            assertThat(told).isEmpty();
            assertThatThrownBy(database::check).hasMessageContaining("nobody_made_this");
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void one_that_never_comes_is_given_up_at_the_end_of_the_time() throws IOException {
        try (Database database = Database.at("postgresql://postgres@127.0.0.1:" + freePort() + "/postgres")) {
            long began = System.nanoTime();
            database.await(Duration.ofMillis(1_200), told::add);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(1_200));
            assertThat(told).hasSize(1);
            assertThatThrownBy(database::check).hasMessageContaining("does not answer");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
