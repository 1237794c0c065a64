package io.dagshell.engine.run;

import java.time.Duration;

/** Seam: waits between attempts; a test's clock ticks instead. Called on the thread of the call, which cancel interrupts. */
@FunctionalInterface
interface Pauses {
    void pause(Duration duration) throws InterruptedException;

    static Pauses real() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
