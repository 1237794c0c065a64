package io.dagshell.engine.deploy;

import java.util.List;

/**
 * How a process runs a flow without {@code -jar flow.jar}: the libraries of the lock as its class path, where the virtual
 * machine may take their classes from an archive, {@link #MAIN} and the arguments of {@code flow.jar}.
 */
public final class FlowProcess {
    /** Its main class. */
    public static final String MAIN = "io.dagshell.bootstrap.Bootstrap";

    /** System property: the {@code flow.jar} to run. */
    public static final String FLOW = "dagshell.flow";

    /**
     * Flags of the virtual machine under which a run holds what it uses and little more: a young generation that stays small and
     * a heap that gives back. With Java's own choice a streamed load grows with its rows (docs/performance.md).
     */
    public static final List<String> HEAP =
            List.of("-XX:+UseSerialGC", "-Xmn48m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20");

    /** Beside {@link #HEAP} where no greatest heap is given, which may be smaller than this. */
    public static final String FIRST_HEAP = "-Xms96m";

    /**
     * The library that packs tables calls {@code sun.misc.Unsafe}, of which Java 24 and newer tell whoever runs a flow in four
     * lines (JEP 498). A property like any other to earlier ones.
     */
    public static final String QUIET = "-Dsun.misc.unsafe.memory.access=allow";

    private FlowProcess() {}
}
