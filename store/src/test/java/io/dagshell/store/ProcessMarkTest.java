package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessMarkTest {

    @Test
    void this_process_is_alive_under_its_own_start_only() {
        ProcessMark self = ProcessMark.current();

        assertThat(self.isAlive()).isTrue();
        assertThat(new ProcessMark(self.host(), self.pid(), Instant.EPOCH).isAlive())
                .isFalse();
    }

    @Test
    void a_dead_process_that_nobody_asked_after_is_not_alive() throws Exception {
        assumeThat(Path.of("/proc/self/stat")).exists();
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 60").start();
        try (BufferedReader out = parent.inputReader()) {
            long pid = Long.parseLong(out.readLine());
            ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
            ProcessMark mark = new ProcessMark(
                    ProcessMark.thisHost(), pid, child.info().startInstant().orElseThrow());
            assertThat(mark.isAlive()).isTrue();

            awaitZombie(pid);

            assertThat(mark.isAlive()).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void awaitZombie(long pid) throws Exception {
        for (int i = 0; i < 600; i++) {
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
            if (status.contains("State:\tZ")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the child did not end");
    }
}
