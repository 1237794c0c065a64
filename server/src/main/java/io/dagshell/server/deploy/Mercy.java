package io.dagshell.server.deploy;

import java.time.Duration;
import java.time.Instant;

/**
 * Until when leases do not end. Agents cannot renew them while the server or its database is away, or has no room to
 * write: they are not to blame for that, and get time to do so. Thread-safe: guarded by this.
 */
public final class Mercy {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private Instant until = Instant.EPOCH;

    /** Agents could not renew at {@code now}, or the clock was put back to it. */
    public synchronized void give(Instant now) {
        until = now.plus(GRACE);
    }

    /** Whether leases that are over end. */
    public synchronized boolean isOver(Instant now) {
        return now.isAfter(until);
    }
}
