package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import java.time.Instant;
import java.util.UUID;

/** Identifies a schedule: a UUID version 7. */
public record ScheduleId(UUID value) {
    static ScheduleId create(Instant now) {
        return new ScheduleId(RunId.create(now).value());
    }

    /** Reads the form {@link #toString()} writes. */
    public static ScheduleId parse(String text) {
        try {
            return new ScheduleId(UUID.fromString(text));
        } catch (IllegalArgumentException wrong) {
            throw RefusedException.unknown("There is no schedule " + text + ".");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
