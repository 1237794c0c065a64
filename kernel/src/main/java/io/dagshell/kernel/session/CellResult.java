package io.dagshell.kernel.session;

/** How a cell ended. */
public sealed interface CellResult {
    /** All of it ran. */
    record Done() implements CellResult {}

    /** It does not compile, threw, or was refused. The error was also given to {@link CellOutput#error}. */
    record Failed(CellError error) implements CellResult {}

    /** Interrupted by the person. */
    record Interrupted(CellError error) implements CellResult {}
}
