package io.dagshell.kernel.assist;

/** Whether Java text can be run as it stands, or what would make it so. */
public sealed interface Continuation {

    /** It can. */
    record None() implements Continuation {}

    /**
     * More text makes it whole.
     *
     * @param indent what the next line should begin with
     */
    record Needed(String indent) implements Continuation {}

    /** Nothing behind it makes it Java. */
    record Hopeless() implements Continuation {}
}
