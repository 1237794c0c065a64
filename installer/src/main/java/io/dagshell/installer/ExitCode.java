package io.dagshell.installer;

/** How a command ended, for scripts. */
public enum ExitCode {
    DONE(0),
    FLOW_FAILED(1),
    BAD_INPUT(2),
    UNREACHABLE(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
