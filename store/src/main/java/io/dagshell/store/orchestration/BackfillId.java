package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import java.time.Instant;
import java.util.UUID;

/** Identifies a backfill: a UUID version 7. */
public record BackfillId(UUID value) {
    static BackfillId create(Instant now) {
        return new BackfillId(RunId.create(now).value());
    }

    /** Reads the form {@link #toString()} writes. */
    public static BackfillId parse(String text) {
        try {
            return new BackfillId(UUID.fromString(text));
        } catch (IllegalArgumentException wrong) {
            throw RefusedException.unknown("There is no backfill " + text + ".");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
