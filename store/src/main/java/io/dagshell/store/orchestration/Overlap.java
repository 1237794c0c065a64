package io.dagshell.store.orchestration;

/** What happens at a due instant while a run of the same schedule is not over. */
public enum Overlap {
    /** No run is made; the instant is recorded as skipped. */
    SKIP,
    /** One run waits for the other's end; further ones are skipped. */
    QUEUE,
    /** The other run is cancelled, and the new one starts when it is over. */
    CANCEL_RUNNING,
    /** Both go on. */
    ALLOW
}
