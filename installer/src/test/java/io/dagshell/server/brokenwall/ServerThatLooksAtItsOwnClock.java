package io.dagshell.server.brokenwall;

import java.time.Instant;

/** Breaks a wall on purpose: the test of walls must catch it. */
final class ServerThatLooksAtItsOwnClock {

    private ServerThatLooksAtItsOwnClock() {}

    static Instant now() {
        return Instant.now();
    }
}
