package io.dagshell.engine.cache;

import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Fingerprint;
import io.dagshell.engine.value.UnsupportedValueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes what is stored once more and compares: finds tasks whose result depends on something that is not in the key.
 * What is stored stays; the run goes on with the new value. Thread-safe: guarded by itself.
 */
public final class Verification {
    private final Codecs codecs;
    private final Set<String> different = new LinkedHashSet<>();
    private int calls;

    Verification(Codecs codecs) {
        this.codecs = codecs;
    }

    /** {@code cache}, whose hits are verified. */
    public ResultCache over(ResultCache cache) {
        return (question, cancelled) -> consult(cache, question, cancelled);
    }

    /** Whether every result was the same again. */
    public synchronized boolean isClean() {
        return different.isEmpty();
    }

    /** What was found, in words; the first line counts. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("verified " + calls + (calls == 1 ? " result: " : " results: ")
                + (different.isEmpty() ? "each came out the same" : "not all came out the same"));
        lines.addAll(different);
        return lines;
    }

    private ResultCache.Answer consult(ResultCache cache, ResultCache.Question question, BooleanSupplier cancelled) {
        ResultCache.Answer stored = cache.consult(question, cancelled);
        if (!(stored instanceof ResultCache.Answer.Hit hit)) {
            return stored;
        }
        ResultCache.Answer anew = cache.consult(question.anew(), cancelled);
        if (!(anew instanceof ResultCache.Answer.Compute compute)) {
            return anew;
        }
        Comparing ticket = new Comparing(compute.ticket(), question, hit);
        return new ResultCache.Answer.Compute(ticket, compute.key(), "verify", true, compute.parts());
    }

    private final class Comparing implements ResultCache.Ticket {
        private final ResultCache.Ticket ticket;
        private final ResultCache.Question question;
        private final ResultCache.Answer.Hit hit;

        Comparing(ResultCache.Ticket ticket, ResultCache.Question question, ResultCache.Answer.Hit hit) {
            this.ticket = ticket;
            this.question = question;
            this.hit = hit;
        }

        @Override
        public Optional<String> store(@Nullable Object value, Duration took, List<ResultCache.Line> lines) {
            try {
                Fingerprint before = Fingerprint.of(hit.value(), question.returnType(), codecs);
                Fingerprint now = Fingerprint.of(value, question.returnType(), codecs);
                return compared(question.task().name().value(), before.differences(now));
            } catch (UnsupportedValueException unsupported) {
                return Optional.of(String.valueOf(unsupported.getMessage()));
            }
        }

        @Override
        public void close() {
            ticket.close();
        }
    }

    private synchronized Optional<String> compared(String task, List<String> parts) {
        calls++;
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        String sentence = task + " is not deterministic: the same key gave another result (" + inShort(parts)
                + "); what does it read that is no argument?";
        different.add(sentence);
        return Optional.of(sentence);
    }

    private static String inShort(List<String> parts) {
        int shown = Math.min(4, parts.size());
        String text = String.join(", ", parts.subList(0, shown));
        return parts.size() > shown ? text + " and " + (parts.size() - shown) + " more" : text;
    }
}
