package io.dagshell.kernel.session;

/** Whether a cell may be run as it stands, for consoles that run on Enter. */
public sealed interface Completeness {

    /** It may. */
    record Complete() implements Completeness {}

    /**
     * More is needed.
     *
     * @param indent what the next line should begin with
     */
    record Incomplete(String indent) implements Completeness {}

    /** No continuation makes it Java. */
    record Invalid() implements Completeness {}
}
