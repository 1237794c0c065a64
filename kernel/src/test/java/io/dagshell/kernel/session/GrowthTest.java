package io.dagshell.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GrowthTest {
    @Test
    void cells_that_declare_nothing_leave_nothing_with_the_compiler() {
        try (Cells cells = Cells.open()) {
            cells.must("int x = 1;");
            int before = cells.session().generatedClasses();
            for (int i = 0; i < 20; i++) {
                cells.must("x + " + i);
                cells.must("System.out.print(x);");
                cells.must("java.util.List.of(1).forEach(n -> { if (n > x) System.out.print(n); });");
            }
            assertThat(cells.session().generatedClasses()).isEqualTo(before);
        }
    }

    /** What is allocated stands for the work: unlike time it does not depend on what else the machine does. */
    @Test
    @Timeout(120)
    void the_thousandth_cell_costs_what_the_hundredth_did() {
        try (Cells cells = Cells.open()) {
            run(cells, 100);
            long early = run(cells, 100);
            run(cells, 700);
            long late = run(cells, 100);
            assertThat(late).as("bytes allocated by cells 900 to 1,000").isLessThan(early * 13 / 10);
        }
    }

    private static long run(Cells cells, int count) {
        long before = allocated();
        for (int i = 0; i < count; i++) {
            cells.must("1 + " + i);
        }
        return allocated() - before;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
    }
}
