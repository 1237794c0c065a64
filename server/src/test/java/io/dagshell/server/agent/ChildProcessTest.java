package io.dagshell.server.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChildProcessTest {
    /** As Java 17 and 25 say it. */
    private static final String HELPER_ENDED = "Cannot run program \"/usr/bin/setsid\" (in directory \"/tmp\"):"
            + " error=0, Failed to exec spawn helper: pid: 26035, signal: 15";

    private final AtomicInteger tried = new AtomicInteger();

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void a_signal_to_the_group_of_an_agent_ends_no_process_before_it_has_begun() throws Exception {
        Process agent = new ProcessBuilder(
                        "setsid", java(), "-cp", System.getProperty("java.class.path"), SignalledAgent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = agent.inputReader()) {
            assertThat(said.readLine()).isEqualTo("up");
            for (int i = 0; i < 40 && agent.isAlive(); i++) {
                new ProcessBuilder("kill", "-TERM", "--", "-" + agent.pid())
                        .start()
                        .waitFor();
                TimeUnit.MILLISECONDS.sleep(37);
            }

            assertThat(said.readLine()).isEqualTo("0 failed");
        } finally {
            agent.destroyForcibly();
        }
    }

    @Test
    void one_that_never_can_be_made_says_why() {
        assertThatThrownBy(() -> ChildProcess.spawn(() -> {
                    tried.incrementAndGet();
                    throw new IOException(HELPER_ENDED);
                }))
                .hasMessage(HELPER_ENDED);
        assertThat(tried).hasValue(3);
    }

    @Test
    void a_program_that_is_missing_is_tried_once() {
        assertThatThrownBy(() -> ChildProcess.spawn(() -> {
                    tried.incrementAndGet();
                    return new ProcessBuilder("/there/is/no/such/program").start();
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/there/is/no/such/program");
        assertThat(tried).hasValue(1);
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }
}
