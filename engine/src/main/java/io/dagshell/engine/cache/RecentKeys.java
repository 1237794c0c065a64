package io.dagshell.engine.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The latest keys of each task, newest first, to say what is new about the next one. Guarded by each task's deque. */
final class RecentKeys {
    private static final int MOST = 16;

    private final EntryFolder entries;
    private final Map<String, Deque<Known>> tasks = new ConcurrentHashMap<>();

    private record Known(String notebook, CacheKey key, Instant storedAt) {}

    /** The earlier result whose key differs least. */
    record Nearest(Instant storedAt, List<KeyChange> changes) {}

    RecentKeys(EntryFolder entries) {
        this.entries = entries;
    }

    void add(Entry entry) {
        Deque<Known> recent = of(entry.task());
        synchronized (recent) {
            recent.removeIf(each -> each.key().hex().equals(entry.key().hex()));
            recent.addFirst(known(entry));
            if (recent.size() > MOST) {
                recent.removeLast();
            }
        }
    }

    /** The nearest earlier result of the task in that notebook, of equally near ones the latest. */
    Optional<Nearest> nearest(String task, String notebook, CacheKey now) {
        Deque<Known> recent = of(task);
        synchronized (recent) {
            return recent.stream()
                    .filter(each -> each.notebook().equals(notebook))
                    .map(each -> new Nearest(each.storedAt(), KeyDifference.between(each.key(), now)))
                    .reduce((one, other) ->
                            other.changes().size() < one.changes().size() ? other : one);
        }
    }

    private static Known known(Entry entry) {
        return new Known(entry.notebook(), entry.key(), entry.storedAt());
    }

    private Deque<Known> of(String task) {
        return tasks.computeIfAbsent(task, this::onDisk);
    }

    private Deque<Known> onDisk(String task) {
        Deque<Known> found = new ArrayDeque<>();
        try {
            List<Path> files = entries.lastHitFirst(Optional.of(task));
            for (Path file : files.subList(0, Math.min(MOST, files.size()))) {
                entries.readFile(file).ifPresent(entry -> found.add(known(entry)));
            }
        } catch (IOException unreadable) {
            return new ArrayDeque<>();
        }
        return found;
    }
}
