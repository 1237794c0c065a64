package io.dagshell.engine.cache;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the folder has for a key. */
sealed interface Lookup {
    /** An entry whose bytes are all there and as they were written. */
    record Found(Entry entry, @Nullable Object value, List<ResultCache.Line> lines) implements Lookup {}

    record Absent() implements Lookup {}

    record TooOld(Instant storedAt) implements Lookup {}

    /** There was one; it is moved aside. */
    record Damaged() implements Lookup {}
}
