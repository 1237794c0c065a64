package io.dagshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptTest {
    private static final Cells CELLS = Cells.open();

    @AfterAll
    static void close() {
        CELLS.close();
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "Thread.sleep(60_000);",
                "while (true);",
                "long n = 0; while (true) { n++; }",
                "int f(int n) { return n > 60 ? 1 : f(n + 1) + f(n + 1); }\nf(0)",
                "java.util.stream.LongStream.range(0, Long.MAX_VALUE).filter(n -> n < 0).count()",
                "java.util.stream.LongStream.range(0, Long.MAX_VALUE).parallel().filter(n -> n < 0).count()",
                "try { while (true) { Thread.sleep(10); } } catch (InterruptedException e) { while (true); }",
                "new java.util.Scanner(System.in).hasNext(); Object o = new Object(); synchronized (o) { o.wait(); }",
            })
    void a_running_cell_ends_at_once_and_its_thread_costs_nothing_after(String cell) throws Exception {
        AtomicReference<String> ended = new AtomicReference<>("");
        CELLS.must("1");
        Thread running = new Thread(
                () -> ended.set(CELLS.run("int kept = 7;\n" + cell).error().name()));
        running.start();
        Thread.sleep(400);
        long start = System.nanoTime();
        CELLS.session().interrupt();
        running.join(5_000);
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < 500, "ended after " + millis + " ms");
        assertEquals("Interrupted", ended.get());
        assertEquals("7", CELLS.value("kept"));
        Thread.sleep(100);
        assertTrue(cpuOfCells(300) < 60_000_000, "threads of cells still work");
    }

    /** CPU nanoseconds that threads of cells and the common pool use while waiting. */
    private static long cpuOfCells(long millis) throws InterruptedException {
        long before = cpuOfCells();
        Thread.sleep(millis);
        return cpuOfCells() - before;
    }

    private static long cpuOfCells() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("cell-") || thread.getName().contains("commonPool"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getId())))
                .sum();
    }
}
