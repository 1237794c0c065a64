package io.dagshell.engine.cache;

import java.time.Duration;
import java.time.Instant;

/**
 * A result on disk, for lists.
 *
 * @param bytes of its record and blobs; shared blobs count for each
 */
public record StoredResult(
        String task, String notebook, String key, Instant storedAt, Instant lastHit, Duration took, long bytes) {}
