package io.dagshell.store;

import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import java.time.Instant;
import java.util.List;

/**
 * What the cache key of a call was made of.
 *
 * @param source of the run, as in {@link RunRecord}
 * @param parts those that all calls of the task share first, then its arguments
 */
public record KeyRecord(RunId run, int ordinal, TaskName task, String source, Instant at, List<KeyPart> parts) {
    public KeyRecord {
        parts = List.copyOf(parts);
    }

    /** The file part of {@code etl.ipynb[7]}. */
    String notebook() {
        return source.replaceFirst("\\[\\d+]$", "");
    }
}
