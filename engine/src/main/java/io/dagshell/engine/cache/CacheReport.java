package io.dagshell.engine.cache;

import io.dagshell.engine.event.TextLines;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What people ask of a cache and what they read, in a terminal and in a notebook alike.
 *
 * <pre>{@code
 * new CacheReport(cache, clock).answer(List.of("why", "clean"), Optional.of("etl.ipynb"));
 * }</pre>
 */
public final class CacheReport {
    public static final String USAGE = """
            why TASK  why the last call of a task hit or missed; NOTEBOOK:TASK for one of several notebooks
            ls        what is stored, last hit first
            rm WHAT   removes the results of a TASK, a NOTEBOOK:TASK, or the one whose key begins so
            gc        removes what is past the size limit and what nothing refers to
            verify    reads all that is stored and moves aside what is damaged""";

    private static final int KEY_SHOWN = 12;
    private static final int SHORTEST_KEY = 6;

    private final FileResultCache cache;
    private final Clock clock;
    private final Recorded recorded;

    /** What the record of runs says about a task the cache knows nothing of any more. */
    @FunctionalInterface
    public interface Recorded {
        /** As {@link FileResultCache#why}. */
        Optional<String> why(String task, Optional<String> notebook);
    }

    public CacheReport(FileResultCache cache, Clock clock) {
        this(cache, clock, (task, notebook) -> Optional.empty());
    }

    public CacheReport(FileResultCache cache, Clock clock, Recorded recorded) {
        this.cache = cache;
        this.clock = clock;
        this.recorded = recorded;
    }

    /**
     * The answer to a question in words.
     *
     * @param words as in {@link #USAGE}
     * @param notebook the one asked from, if any
     * @throws IllegalArgumentException there is no such question
     */
    public String answer(List<String> words, Optional<String> notebook) throws IOException {
        String verb = words.isEmpty() ? "" : words.get(0);
        boolean one = words.size() == 2;
        if (verb.equals("why") && one) {
            return why(words.get(1), notebook);
        }
        if (verb.equals("rm") && one) {
            return remove(words.get(1), notebook);
        }
        if (words.size() == 1) {
            switch (verb) {
                case "ls":
                    return list();
                case "gc":
                    return tidy();
                case "verify":
                    return verify();
                default:
                    break;
            }
        }
        throw new IllegalArgumentException("the cache can be asked:\n" + USAGE);
    }

    /** Why the last call of a task hit or missed. */
    public String why(String what, Optional<String> notebook) throws IOException {
        Wanted wanted = Wanted.of(what, notebook);
        return cache.why(wanted.task(), wanted.notebook())
                .map(Explanation::toString)
                .or(() -> recorded.why(wanted.task(), wanted.notebook()))
                .orElse("the cache was never asked for " + what
                        + ": it has not been called, or its header does not ask for a cache");
    }

    /** What is stored. */
    public String list() throws IOException {
        List<StoredResult> results = cache.results();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("task", "notebook", "stored", "last hit", "took", "size", "key"));
        results.forEach(each -> rows.add(row(each)));
        long bytes = results.stream().mapToLong(StoredResult::bytes).sum();
        return aligned(rows) + count(results.size(), "result") + ", " + size(bytes) + " in " + cache.folder();
    }

    /** Removes results. */
    public String remove(String what, Optional<String> notebook) throws IOException {
        Wanted wanted = Wanted.of(what, notebook);
        int removed = 0;
        for (StoredResult each : cache.results()) {
            boolean byKey = what.length() >= SHORTEST_KEY && each.key().startsWith(what);
            boolean byTask = each.task().equals(wanted.task())
                    && wanted.notebook()
                            .filter(name -> !name.equals(each.notebook()))
                            .isEmpty();
            if ((byKey || byTask) && cache.remove(each)) {
                removed++;
            }
        }
        return count(removed, "result") + " removed";
    }

    /** Removes what is past the limit and what nothing refers to. */
    public String tidy() throws IOException {
        return count(cache.tidy(), "result") + " removed";
    }

    /** Reads all that is stored. */
    public String verify() throws IOException {
        int before = cache.results().size();
        List<String> damaged = cache.verify();
        String verdict = damaged.isEmpty() ? "nothing damaged" : damaged.size() + " damaged and moved aside";
        StringBuilder text = new StringBuilder(count(before, "result") + " read, " + verdict);
        damaged.forEach(each -> text.append("\n  ").append(each));
        return text.toString();
    }

    private List<String> row(StoredResult each) {
        return List.of(
                each.task(),
                each.notebook(),
                ago(Duration.between(each.storedAt(), clock.instant())),
                ago(Duration.between(each.lastHit(), clock.instant())),
                TextLines.seconds(each.took()),
                size(each.bytes()),
                each.key().substring(0, KEY_SHOWN));
    }

    private static String ago(Duration age) {
        return age.isNegative() ? "to come" : Words.of(age) + " ago";
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%,d kB", (bytes + 999) / 1_000)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String aligned(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** A task, in one notebook or in any. */
    private record Wanted(String task, Optional<String> notebook) {
        static Wanted of(String what, Optional<String> notebook) {
            int colon = what.lastIndexOf(':');
            return colon < 0
                    ? new Wanted(what, notebook)
                    : new Wanted(what.substring(colon + 1), Optional.of(fileName(what.substring(0, colon))));
        }

        private static String fileName(String path) {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }
}
