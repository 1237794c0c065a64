package io.dagshell.store;

import io.dagshell.engine.cache.KeyChanges;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.SourceVersion;

/** What recorded keys are made of and what was new about them, in words; whether the cache still has the results or not. */
public final class KeyWords {
    private static final int CALLS = 40;
    private static final int EARLIER = 16;

    private final RunHistory history;

    public KeyWords(RunHistory history) {
        this.history = history;
    }

    /**
     * What is new about the key of one call.
     *
     * @param earlier run of the call it is compared with; empty for the first on record
     * @param changes in the user's words; none if the keys are the same
     * @param parts all that is in the key
     */
    public record News(Optional<RunId> earlier, List<String> changes, List<String> parts) {
        public News {
            changes = List.copyOf(changes);
            parts = List.copyOf(parts);
        }
    }

    /** Of that call; empty if no key of it is on record. */
    public Optional<News> ofCall(RunId run, int ordinal) {
        return history.key(run, ordinal)
                .map(this::compare)
                .map(each -> new News(
                        each.earlier().map(KeyRecord::run),
                        each.changes(),
                        KeyChanges.words(each.now().parts())));
    }

    /** A call's key beside the one that differs least of the task's calls before it, in the same notebook. */
    private record Compared(KeyRecord now, Optional<KeyRecord> earlier, List<String> changes) {}

    /** For each of the first calls of the run that has a key what is new about it, and what is in it. */
    public List<String> ofRun(RunRecord run) {
        List<String> lines = new ArrayList<>();
        List<KeyRecord> keys = history.keys(run.id(), CALLS + 1);
        keys.stream().limit(CALLS).map(this::compare).forEach(each -> {
            lines.add("key of " + each.now().task() + ", call " + each.now().ordinal() + ": " + news(each));
            lines.add("  in the key: "
                    + String.join(", ", KeyChanges.words(each.now().parts())));
        });
        if (keys.size() > CALLS) {
            lines.add("keys of further calls are on record and not shown");
        }
        return lines;
    }

    /**
     * What was new about the key of a task's last call.
     *
     * @param notebook file name, or empty for the one that ran last
     * @return empty if no call of it with a key is on record
     */
    public Optional<String> why(String task, Optional<String> notebook) {
        if (!SourceVersion.isIdentifier(task)) {
            return Optional.empty();
        }
        return history.keysBefore(new TaskName(task), Instant.now().plus(1, ChronoUnit.DAYS), EARLIER).stream()
                .filter(key -> notebook.isEmpty() || key.notebook().equals(notebook.get()))
                .findFirst()
                .map(this::compare)
                .map(each -> task + " of " + each.now().notebook() + ": last called at "
                        + each.now().at().truncatedTo(ChronoUnit.SECONDS) + " in run "
                        + each.now().run() + "; the cache has no result of it any more\n  " + news(each)
                        + "\n  in the key: "
                        + String.join(", ", KeyChanges.words(each.now().parts())));
    }

    private Compared compare(KeyRecord now) {
        return history.keysBefore(now.task(), now.at(), EARLIER).stream()
                .filter(earlier -> earlier.notebook().equals(now.notebook()))
                .map(earlier ->
                        new Compared(now, Optional.of(earlier), KeyChanges.between(earlier.parts(), now.parts())))
                .reduce((one, other) -> other.changes().size() < one.changes().size() ? other : one)
                .orElseGet(() -> new Compared(now, Optional.empty(), List.of()));
    }

    private static String news(Compared compared) {
        if (compared.earlier().isEmpty()) {
            return "the first on record";
        }
        String run = "run " + compared.earlier().get().run();
        return compared.changes().isEmpty()
                ? "the same as in " + run
                : String.join(", ", compared.changes()) + " since " + run;
    }
}
