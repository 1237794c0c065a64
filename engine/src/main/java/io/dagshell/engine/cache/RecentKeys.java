package io.dagshell.engine.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The latest keys of each task, newest first, to say what is new about the next one. Guarded by each task's deque. */
final class RecentKeys {
    private static final int MOST = 16;

    private final EntryFolder entries;
    private final Map<String, Deque<Known>> tasks = new ConcurrentHashMap<>();

    private record Known(String notebook, CacheKey key) {}

    RecentKeys(EntryFolder entries) {
        this.entries = entries;
    }

    void add(String task, String notebook, CacheKey key) {
        Deque<Known> recent = of(task);
        synchronized (recent) {
            recent.removeIf(each -> each.key().hex().equals(key.hex()));
            recent.addFirst(new Known(notebook, key));
            if (recent.size() > MOST) {
                recent.removeLast();
            }
        }
    }

    /** What differs from the nearest earlier result of the task in that notebook; empty if there is none. */
    Optional<List<String>> difference(String task, String notebook, CacheKey now) {
        Deque<Known> recent = of(task);
        synchronized (recent) {
            Stream<CacheKey> earlier = recent.stream()
                    .filter(each -> each.notebook().equals(notebook))
                    .map(Known::key);
            return KeyDifference.fromNearest(earlier, now);
        }
    }

    private Deque<Known> of(String task) {
        return tasks.computeIfAbsent(task, this::onDisk);
    }

    private Deque<Known> onDisk(String task) {
        Deque<Known> found = new ArrayDeque<>();
        try {
            List<Path> files = entries.lastHitFirst(Optional.of(task));
            for (Path file : files.subList(0, Math.min(MOST, files.size()))) {
                entries.readFile(file).ifPresent(entry -> found.add(new Known(entry.notebook(), entry.key())));
            }
        } catch (IOException unreadable) {
            return new ArrayDeque<>();
        }
        return found;
    }
}
