package io.dagshell.engine.cache;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The last time a task was not found in the cache, to say why later.
 *
 * @param outcome {@code miss}, {@code refreshed}, {@code not cached}
 * @param reason as on the run line
 * @param comparedWith when the nearest earlier result was stored
 * @param changes of the key since then, in full words
 * @param parts of the key, as {@code helper datasetUri (cell 3)}
 * @param connections blocks that are no part of the key
 */
record Consultation(
        String task,
        String notebook,
        Instant at,
        String outcome,
        String reason,
        Optional<Instant> comparedWith,
        List<String> changes,
        List<String> parts,
        List<String> connections) {

    Consultation {
        changes = List.copyOf(changes);
        parts = List.copyOf(parts);
        connections = List.copyOf(connections);
    }

    static Consultation notCached(ResultCache.Question question, Instant at, String reason) {
        return new Consultation(
                question.task().name().value(),
                question.task().origin().notebook(),
                at,
                "not cached",
                reason,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    /** The parts of a key as people see them. */
    static List<String> parts(CacheKey key) {
        return key.parts().stream()
                .filter(part -> !part.kind().equals(KeyDifference.TYPE))
                .map(part -> part.label()
                        + part.shown().map(shown -> " = " + shown).orElse("")
                        + (part.cell().isPresent() ? " (cell " + part.cell().getAsInt() + ")" : ""))
                .toList();
    }
}
