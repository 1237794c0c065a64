package io.dagshell.engine.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunProcessTest {
    @TempDir
    private Path folder;

    @Test
    void a_process_that_has_begun_is_found_and_its_run_is_not_given_up() throws IOException {
        assertThat(RunProcess.isKnown(folder)).isFalse();
        assertThat(RunProcess.alive(folder)).isEmpty();

        assertThat(RunProcess.begin(folder)).isTrue();

        assertThat(RunProcess.isKnown(folder)).isTrue();
        assertThat(RunProcess.alive(folder)).contains(ProcessHandle.current());
        assertThat(RunProcess.giveUp(folder)).isFalse();
    }

    @Test
    void a_run_that_was_given_up_is_not_begun() throws IOException {
        assertThat(RunProcess.giveUp(folder)).isTrue();
        assertThat(RunProcess.begin(folder)).isFalse();
    }

    @Test
    void a_run_whose_folder_is_gone_is_not_begun() {
        assertThatThrownBy(() -> RunProcess.begin(folder.resolve("gone"))).isInstanceOf(IOException.class);
    }

    @Test
    void one_of_both_gets_it_when_they_come_at_once() throws Exception {
        for (int round = 0; round < 500; round++) {
            Path each = Files.createDirectory(folder.resolve("run" + round));
            CyclicBarrier start = new CyclicBarrier(2);
            FutureTask<Boolean> agent = new FutureTask<>(() -> {
                start.await();
                return RunProcess.giveUp(each);
            });
            new Thread(agent).start();
            start.await();
            assertThat(RunProcess.begin(each)).isNotEqualTo(agent.get());
        }
    }

    @Test
    void another_process_of_the_same_number_is_not_taken_for_it() throws IOException {
        long now = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        Files.writeString(folder.resolve("process"), ProcessHandle.current().pid() + " " + (now - 60_000));
        assertThat(RunProcess.alive(folder)).isEmpty();
    }
}
