package io.dagshell.engine.deploy;

/**
 * How a process runs a flow without {@code -jar flow.jar}: the libraries of the lock as its class path, where the virtual
 * machine may take their classes from an archive, {@link #MAIN} and the arguments of {@code flow.jar}.
 */
public final class FlowProcess {
    /** Its main class. */
    public static final String MAIN = "io.dagshell.bootstrap.Bootstrap";

    /** System property: the {@code flow.jar} to run. */
    public static final String FLOW = "dagshell.flow";

    private FlowProcess() {}
}
