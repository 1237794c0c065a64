package io.dagshell.installer;

/** A command that cannot go on; the message is what the person reads: what is wrong and what to do. */
public final class CommandProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ExitCode code;

    private CommandProblem(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    public static CommandProblem badInput(String message) {
        return new CommandProblem(ExitCode.BAD_INPUT, message);
    }

    public static CommandProblem unreachable(String message) {
        return new CommandProblem(ExitCode.UNREACHABLE, message);
    }

    public ExitCode code() {
        return code;
    }
}
