package io.dagshell.kernel.session;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Times a whole session, without Jupyter: medians in milliseconds on standard error. Run by hand, with the flags of the
 * kernel, on a quiet machine.
 */
final class SessionSpeed {
    private static final List<String> IMPORTS = List.of(
            "import java.util.*;",
            "import java.util.function.*;",
            "import java.util.stream.*;",
            "import java.io.*;",
            "import java.net.*;",
            "import java.nio.file.*;",
            "import java.time.*;",
            "import java.math.*;");

    private SessionSpeed() {}

    /** As a product has them. */
    private record Imports() implements KernelExtension {
        @Override
        public List<String> defaultImports() {
            return IMPORTS;
        }
    }

    public static void main(String[] arguments) {
        int cells = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
        try (Cells session = Cells.open(new Imports())) {
            report("first", 1, i -> session.must("1 + 1"));
            report("trivial, first 60", 60, i -> session.must("1 + " + i));
            report(
                    "declare and call",
                    30,
                    i -> session.must("int f" + i + "(int x) { return x + " + i + "; }\nf" + i + "(1)"));
            session.must("String s0 = \"abc\";");
            report("complete", 30, i -> session.session().complete("s0.sub", 6));
            report(
                    "task-like, 30 before",
                    15,
                    i -> session.must("int t" + i
                            + "$impl(int x) throws Exception {\n    return x;\n} int t" + i
                            + "(int x) throws Exception { return t" + i
                            + "$impl(x); }"));
            double early = report("trivial, next 100", 100, i -> session.must("1 + " + i));
            report("trivial, on", Math.max(1, cells - 200), i -> session.must("1 + " + i));
            double late = report("trivial, last 100", 100, i -> session.must("1 + " + i));
            report("complete", 30, i -> session.session().complete("s0.sub", 6));
            System.err.printf(
                    "growth %.2f, classes kept %d%n",
                    late / early, session.session().generatedClasses());
        }
    }

    private static double report(String name, int times, IntConsumer work) {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            work.accept(i);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.err.printf("%-24s %8.2f%n", name, millis[times / 2]);
        return millis[times / 2];
    }
}
