package io.dagshell.store.orchestration;

/**
 * What a tick did.
 *
 * @param planned runs that were made
 * @param skipped due instants that were recorded as skipped
 * @param more further due instants wait for another tick, at once
 */
public record TickReport(int planned, int skipped, boolean more) {

    /** Both together. */
    TickReport and(TickReport other) {
        return new TickReport(planned + other.planned, skipped + other.skipped, more || other.more);
    }
}
