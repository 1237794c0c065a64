package io.dagshell.engine.event;

/** Who is to blame for a failure; decides whether a retry makes sense. */
public enum FailureKind {
    /** The user's code or input; a retry gives the same, unless the task asks for retries. */
    USER,
    /** Something outside: database, network, disk. */
    RESOURCE,
    /** DagShell itself. */
    SYSTEM
}
