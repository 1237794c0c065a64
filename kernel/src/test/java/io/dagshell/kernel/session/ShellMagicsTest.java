package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dagshell.kernel.magic.ShellMagics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShellMagicsTest {
    private final Cells cells = Cells.open(new ShellMagics());

    @AfterEach
    void close() {
        cells.close();
    }

    @Test
    void a_command_prints_between_the_java_around_it() {
        Recorder output = cells.must("System.out.println(1);\n!echo 2; echo wrong >&2\nSystem.out.println(3);");

        assertThat(output.printed()).isEqualTo("1\n2\n3\n");
        assertThat(output.warned()).isEqualTo("wrong\n");
    }

    @Test
    void a_command_that_fails_is_told_and_the_cell_goes_on() {
        Recorder output = cells.must("!exit 3\nint after = 1;");
        assertThat(output.warned()).isEqualTo("!exit 3: exit code 3\n");
        assertThat(cells.must("!noSuchFlag").warned()).contains("for Java's negation write (!noSuchFlag)");
        assertThat(cells.value("after")).isEqualTo("1");
    }

    @Test
    void a_script_that_fails_fails_its_cell() {
        assertThat(cells.must("%%bash\nfor i in 1 2; do\n  echo $i\ndone\n").printed())
                .isEqualTo("1\n2\n");
        assertThat(cells.mustFail("%%bash\necho a\nexit 4").error().message()).contains("exit code 4");
        assertThat(cells.mustFail("%%bash -x\ntrue").error().message()).contains("write %%bash");
    }

    @Test
    void the_environment_is_shown_and_set_for_commands() {
        cells.must("%env DAGSHELL_TEST_WORD=a b");

        assertThat(cells.must("!echo $DAGSHELL_TEST_WORD").printed()).isEqualTo("a b\n");
        assertThat(cells.value("%env DAGSHELL_TEST_WORD")).isEqualTo("a b");
        assertThat(cells.value("%env")).contains("PATH").contains("DAGSHELL_TEST_WORD");
        assertThat(cells.mustFail("%env DAGSHELL_MISSING").error().message()).contains("is not set");
    }

    @Test
    void input_is_at_its_end_and_bytes_become_text() {
        assertThat(cells.must("!cat; printf 'Zo\\303\\253 \\360\\237\\230\\200'")
                        .printed())
                .isEqualTo("Zoë \uD83D\uDE00");
    }

    @Test
    void an_interrupt_ends_a_command_with_all_it_started(@TempDir Path folder) throws Exception {
        Path started = folder.resolve("pids");
        String script =
                "trap '' TERM; (sleep 300 & echo $! >> PIDS; wait) & echo $! >> PIDS; echo $$ >> PIDS; wait; sleep 300"
                        .replace("PIDS", started.toString());
        CountDownLatch over = new CountDownLatch(1);
        Thread running = new Thread(() -> {
            cells.run("%%bash\n" + script);
            over.countDown();
        });
        running.start();
        await(() -> pids(started).length == 3);

        cells.session().interrupt();
        running.join(5_000);
        assertTrue(over.getCount() == 0, "the cell goes on");
        for (String pid : pids(started)) {
            await(() -> ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
        assertThat(cells.value("1 + 1")).isEqualTo("2");
    }

    @Test
    void what_a_command_left_in_the_background_does_not_hold_the_cell() {
        long start = System.nanoTime();
        cells.must("!sleep 20 &");
        assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(10);
    }

    private static String[] pids(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip().split("\\s+") : new String[0];
        } catch (java.io.IOException e) {
            return new String[0];
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertTrue(condition.getAsBoolean());
    }
}
