package io.dagshell.engine.run;

import io.dagshell.engine.cache.ResultCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A cache of this process, keyed by task and the text of the arguments. One thread at a time. */
final class MemoryCache implements ResultCache {
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Instant now;

    MemoryCache(Instant now) {
        this.now = now;
    }

    @Override
    public Answer consult(Question question, BooleanSupplier cancelled) {
        String key =
                question.task().name() + question.parameterTypes().toString() + Arrays.toString(question.arguments());
        Entry entry = entries.get(key);
        if (entry != null && !question.refresh()) {
            return new Answer.Hit(entry.value, key, entry.storedAt, entry.took, entry.lines);
        }
        return new Answer.Compute(ticket(key), key, entry == null ? "first time" : "refresh", entry != null);
    }

    private Ticket ticket(String key) {
        return new Ticket() {
            @Override
            public Optional<String> store(@Nullable Object value, Duration took, List<Line> lines) {
                if ("unstorable".equals(value)) {
                    return Optional.of("no codec");
                }
                entries.put(key, new Entry(value, now, took, lines));
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    private record Entry(@Nullable Object value, Instant storedAt, Duration took, List<Line> lines) {}
}
