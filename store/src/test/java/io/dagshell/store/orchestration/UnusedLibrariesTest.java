package io.dagshell.store.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Database;
import io.dagshell.store.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedLibrariesTest extends OrchestrationFixture {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);

    @TempDir
    Path folder;

    @Override
    Database open() {
        return Database.at(TestDatabases.postgres());
    }

    private void keep(String... digests) {
        for (String digest : digests) {
            // Of more than one piece.
            state.libraries().keep(digest, file(new byte[(4 << 20) + 1]));
        }
    }

    private Path file(byte[] content) {
        try {
            return Files.write(folder.resolve("some.jar"), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void apply(String name, String lock) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put(FolderFiles.YAML, ("name: " + name).getBytes(StandardCharsets.UTF_8));
        files.put(FolderFiles.LOCK, lock.getBytes(StandardCharsets.UTF_8));
        state.deployments()
                .apply(
                        DeploymentSpec.of(new DeploymentName(name), new TaskName("x"), 17, FolderFiles.of(files)),
                        false);
    }

    private static String line(String digest) {
        return "user " + digest + " some.jar\n";
    }

    private int deleted() {
        return state.libraries().deleteUnused(clock.instant().minus(DAY));
    }

    private int rows() {
        return new Transactions(database)
                .read(handle -> handle.createQuery("select count(*) from libraries")
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void a_jar_goes_with_the_last_deployment_whose_versions_name_it() {
        keep(OLD, NEW);
        apply("both", line(OLD) + line(NEW));
        apply("both", line(NEW));
        apply("other", line(NEW));
        clock.forward(DAY.plusSeconds(1));

        assertThat(deleted()).as("former versions can be gone back to").isZero();
        state.deployments().remove(new DeploymentName("both"));
        assertThat(deleted()).isEqualTo(1);
        assertThat(List.of(state.libraries().has(OLD), state.libraries().has(NEW)))
                .containsExactly(false, true);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void a_jar_that_was_kept_or_asked_for_lately_stays_for_the_apply_that_will_name_it() {
        keep(OLD, NEW);
        clock.forward(DAY.plusSeconds(1));
        assertThat(state.libraries().holds(NEW)).isTrue();

        assertThat(deleted()).isEqualTo(1);
        assertThat(state.libraries().holds(OLD))
                .as("told to be gone, so sent again")
                .isFalse();
        apply("late", line(NEW));
        clock.forward(DAY.plusSeconds(1));
        assertThat(deleted()).isZero();
    }

    @Test
    void one_who_asks_while_the_jar_is_being_deleted_is_told_that_it_is_gone_and_keeps_it_anew() throws Exception {
        keep(OLD);
        clock.forward(DAY.plusSeconds(1));
        CountDownLatch asking = new CountDownLatch(1);
        CompletableFuture<Void> apply = new CompletableFuture<>();
        new Transactions(database).write(handle -> {
            handle.execute("delete from libraries where digest = ? and piece = 0", OLD);
            new Thread(() -> {
                        asking.countDown();
                        keep(OLD);
                        apply.complete(null);
                    })
                    .start();
            awaitBlocked(asking, apply);
            return handle.execute("delete from libraries where digest = ?", OLD);
        });
        apply.get();

        assertThat(rows()).isEqualTo(2);
        assertThat(deleted()).isZero();
    }

    /** Until the other transaction waits for this one, or has not waited. */
    private void awaitBlocked(CountDownLatch asking, CompletableFuture<Void> apply) {
        try {
            asking.await();
            String waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and datname = current_database()";
            Transactions beside = new Transactions(database);
            while (!apply.isDone()
                    && beside.<Integer>read(handle -> handle.createQuery(waiting)
                                    .mapTo(Integer.class)
                                    .one())
                            == 0) {
                Thread.sleep(10);
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @Test
    void a_jar_of_an_earlier_server_is_first_seen_and_goes_the_next_time() {
        keep(OLD);
        new Transactions(database).write(handle -> handle.execute("update libraries set asked_at = 0"));

        clock.forward(DAY.plusSeconds(1));
        assertThat(deleted()).isZero();
        clock.forward(DAY.plusSeconds(1));
        assertThat(deleted()).isEqualTo(1);
    }

    @Test
    void nothing_is_deleted_while_a_lock_cannot_be_read() {
        keep(OLD);
        apply("damaged", "what is this\n");
        clock.forward(DAY.plusSeconds(1));

        assertThatThrownBy(this::deleted).isInstanceOf(IllegalArgumentException.class);
        assertThat(state.libraries().has(OLD)).isTrue();
    }

    @Test
    void a_file_of_one_home_has_nothing_to_delete() {
        try (Database home = Database.file(folder.resolve("state.db"))) {
            SharedLibraries libraries = Orchestration.of(home).libraries();
            assertThat(libraries.deleteUnused(clock.instant())).isZero();
            assertThat(libraries.used()).isEmpty();
        }
    }
}
