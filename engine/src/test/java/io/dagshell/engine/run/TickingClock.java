package io.dagshell.engine.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands until it is told to tick; pausing ticks it. Guarded by itself. */
final class TickingClock extends Clock implements Pauses {
    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = START;

    synchronized void tick(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public synchronized void pause(Duration duration) {
        pauses.add(duration);
        tick(duration);
    }

    synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
