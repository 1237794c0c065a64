package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cells of two threads in one session. */
@Timeout(60)
class SideBySideTest {
    private final JavaSession session =
            JavaSession.open(java.util.List.of(), ClassLoader.getPlatformClassLoader(), java.util.List.of());
    private final AtomicInteger number = new AtomicInteger();

    @AfterEach
    void close() {
        session.close();
    }

    /** A cell that was started, its output and how it will end. */
    private record Started(Recorder output, CellInterrupt interrupt, CompletableFuture<CellResult> result) {}

    private Started start(String text) {
        Recorder output = new Recorder();
        CellInterrupt interrupt = new CellInterrupt();
        int count = number.incrementAndGet();
        CompletableFuture<CellResult> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.complete(
                session.execute(new CellRequest("[" + count + "]", count, text), output, CellInput.NONE, interrupt)));
        thread.start();
        return new Started(output, interrupt, result);
    }

    private Recorder must(String text) {
        Started started = start(text);
        assertThat(started.result().join()).isInstanceOf(CellResult.Done.class);
        return started.output();
    }

    /** Starts a cell that prints once its code runs. */
    private Started running(String text) throws InterruptedException {
        Started started = start("System.out.println(\"runs\");\n" + text);
        while (!started.output().printed().contains("runs")) {
            Thread.sleep(5);
        }
        return started;
    }

    @Test
    void a_cell_is_declared_and_runs_while_another_runs_and_both_keep_what_they_made() throws Exception {
        must("var gate = new java.util.concurrent.CountDownLatch(1);\nint n = 1;\nint f() { return n; }");
        Started waits = running("int before = f();\ngate.await();\nint after = f();");

        assertThat(must("int f() { return 10 * n; }\nn = 2;\nf()").value()).isEqualTo("20");
        must("gate.countDown();");

        assertThat(waits.result().join()).isInstanceOf(CellResult.Done.class);
        assertThat(must("before + \" \" + n + \" \" + f()").value()).isEqualTo("1 2 20");
        assertThat(must("after").value()).isIn("1", "2");
    }

    @Test
    void an_interrupt_of_one_leaves_the_other_alone() throws Exception {
        must("var gate = new java.util.concurrent.CountDownLatch(1);");
        Started waits = running("for (long i = 0; !gate.await(1, java.util.concurrent.TimeUnit.MILLISECONDS); i++) {}");
        Started spins = running("while (true);");

        spins.interrupt().interrupt();
        assertThat(spins.result().join()).isInstanceOf(CellResult.Interrupted.class);
        must("gate.countDown();");
        assertThat(waits.result().join()).isInstanceOf(CellResult.Done.class);
    }

    @Test
    void a_cell_that_fails_takes_back_its_own_declarations_only() throws Exception {
        must("var gate = new java.util.concurrent.CountDownLatch(1);");
        Started fails = running("gate.await();\nif (true) throw new IllegalStateException();\nint never = 1;");
        must("int kept = 7;\ngate.countDown();");

        assertThat(fails.result().join()).isInstanceOf(CellResult.Failed.class);
        assertThat(must("kept").value()).isEqualTo("7");
        assertThat(start("never").result().join()).isInstanceOf(CellResult.Failed.class);
    }

    @Test
    void what_the_common_pool_prints_is_the_running_cells_after_a_later_cell_ended() throws Exception {
        Started first = running("while (System.getProperty(\"test.go\") == null) Thread.sleep(5);\n"
                + "var printed = new java.util.concurrent.CountDownLatch(1);\n"
                + "java.util.concurrent.ForkJoinPool.commonPool().execute(() -> {\n"
                + "  System.out.println(\"pool\");\n  printed.countDown();\n});\nprinted.await();");
        must("1");
        System.setProperty("test.go", "");
        try {
            assertThat(first.result().join()).isInstanceOf(CellResult.Done.class);
            assertThat(first.output().printed()).contains("pool");
        } finally {
            System.clearProperty("test.go");
        }
    }
}
