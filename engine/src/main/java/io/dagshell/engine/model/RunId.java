package io.dagshell.engine.model;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Identifies a run: a UUID version 7 made by the process that starts it (RFC 9562 section 5.7), so ids sort by time. */
public record RunId(UUID value) implements Comparable<RunId> {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new id whose first 48 bits are the milliseconds of {@code now}. */
    public static RunId create(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000L | (RANDOM.nextLong() & 0x0fffL);
        long low = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new RunId(new UUID(high, low));
    }

    /** Reads the form {@link #toString()} writes. */
    public static RunId parse(String text) {
        return new RunId(UUID.fromString(text));
    }

    // The record's own would be made of method handles, as with TaskName.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunId id && id.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(RunId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
