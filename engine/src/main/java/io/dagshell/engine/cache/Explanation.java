package io.dagshell.engine.cache;

import io.dagshell.engine.event.TextLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why the last call of a task hit or missed, in the user's words.
 *
 * @param lines the first says what happened, the others why
 */
public record Explanation(String task, String notebook, List<String> lines) {
    private static final String NEVER = "retries, timeouts, age, tags and other header options but version";

    public Explanation {
        lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    static Explanation ofMiss(Consultation miss, Clock clock) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(miss.task(), miss.notebook()) + miss.outcome() + ", " + ago(miss.at(), clock));
        if (miss.changes().isEmpty()) {
            lines.add("  " + miss.reason());
        } else {
            lines.add("  what differs from the nearest earlier result"
                    + miss.comparedWith()
                            .map(stored -> ", stored " + ago(stored, clock))
                            .orElse("")
                    + ":");
            miss.changes().forEach(change -> lines.add("    " + change));
        }
        if (!miss.parts().isEmpty()) {
            lines.add("  in the key: " + String.join(", ", miss.parts()));
            lines.add("  " + outside(miss.connections()));
        }
        return new Explanation(miss.task(), miss.notebook(), lines);
    }

    static Explanation ofHit(Entry entry, Instant at, Clock clock) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(entry.task(), entry.notebook()) + "hit, " + ago(at, clock));
        lines.add("  every part of the key is as it was when the result was stored, " + ago(entry.storedAt(), clock)
                + "; computing it took " + TextLines.seconds(entry.took()));
        entry.notes().forEach(note -> lines.add("  " + note));
        lines.add("  in the key: " + String.join(", ", Consultation.parts(entry.key())));
        lines.add("  " + outside(entry.connections()));
        return new Explanation(entry.task(), entry.notebook(), lines);
    }

    private static String heading(String task, String notebook) {
        return task + (notebook.isEmpty() ? "" : " of " + notebook) + ": ";
    }

    private static String outside(List<String> connections) {
        Optional<String> blocks = connections.isEmpty()
                ? Optional.empty()
                : Optional.of((connections.size() == 1 ? "block " : "blocks ") + String.join(", ", connections));
        return "not in the key: " + blocks.map(names -> names + "; ").orElse("") + NEVER;
    }

    private static String ago(Instant then, Clock clock) {
        Duration age = Duration.between(then, clock.instant());
        return age.isNegative() ? "at a time to come" : Words.of(age) + " ago";
    }
}
