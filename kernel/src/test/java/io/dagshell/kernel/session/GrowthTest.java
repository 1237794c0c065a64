package io.dagshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
            assertEquals(before, cells.session().generatedClasses());
        }
    }

    @Test
    @Timeout(120)
    void the_thousandth_cell_costs_what_the_hundredth_did() {
        try (Cells cells = Cells.open()) {
            double[] nanos = new double[1_000];
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                cells.must("1 + " + i);
                nanos[i] = System.nanoTime() - start;
            }
            double ratio = median(nanos, 900) / median(nanos, 100);
            assertTrue(ratio < 1.5, "grew by " + ratio);
        }
    }

    private static double median(double[] nanos, int from) {
        double[] hundred = Arrays.copyOfRange(nanos, from, from + 100);
        Arrays.sort(hundred);
        return hundred[50];
    }
}
