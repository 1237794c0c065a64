package io.dagshell.server.brokenwall;

import java.time.Instant;
import java.util.function.Supplier;

/** Breaks a wall on purpose, without a call: the test of walls must catch it. */
final class ServerThatNamesItsOwnClock {

    private ServerThatNamesItsOwnClock() {}

    static Supplier<Instant> now() {
        return Instant::now;
    }
}
