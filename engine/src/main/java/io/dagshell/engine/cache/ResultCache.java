package io.dagshell.engine.cache;

import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.TaskDefinition;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Results by key. One computation per key, across processes. Thread-safe. */
public interface ResultCache {

    /**
     * Asks for a call. Blocks while another thread or process computes the same key, until it is done or gone.
     *
     * @param question the call
     * @param cancelled asked while waiting; true ends the wait with a {@link java.util.concurrent.CancellationException}
     */
    Answer consult(Question question, BooleanSupplier cancelled);

    /**
     * A call.
     *
     * @param parameterTypes generic types of the method's parameters, for codecs
     * @param arguments boxed
     * @param returnType generic return type
     * @param refresh compute anew and replace what is stored
     */
    record Question(
            TaskDefinition task,
            List<Type> parameterTypes,
            @Nullable Object[] arguments,
            Type returnType,
            boolean refresh) {

        /** The same, to be computed whatever is stored. */
        public Question anew() {
            return new Question(task, parameterTypes, arguments, returnType, true);
        }

        /** The same, content with a result of any age. */
        public Question ofAnyAge() {
            Policy ageless = task.policy().withCache(Policy.CacheRule.always());
            return new Question(task.withPolicy(ageless), parameterTypes, arguments, returnType, false);
        }
    }

    /** What the cache says. */
    sealed interface Answer {
        /**
         * There is a result.
         *
         * @param value the value, decoded when first asked for where its type allows
         * @param saved what it took to compute
         * @param lines the log of the computation, to replay
         * @param notes what the run line should add ({@code source not checked})
         * @param parts what the key is made of
         */
        record Hit(
                @Nullable Object value,
                String key,
                Instant storedAt,
                Duration saved,
                List<Line> lines,
                List<String> notes,
                List<KeyPart> parts)
                implements Answer {

            /** Without notes, and without what the key was made of. */
            public Hit(@Nullable Object value, String key, Instant storedAt, Duration saved, List<Line> lines) {
                this(value, key, storedAt, saved, lines, List.of(), List.of());
            }
        }

        /** Compute it, then {@link Ticket#store} it, and close the ticket in any case. */
        record Compute(Ticket ticket, String key, String reason, boolean refreshed, List<KeyPart> parts)
                implements Answer {

            /** Without what the key was made of. */
            public Compute(Ticket ticket, String key, String reason, boolean refreshed) {
                this(ticket, key, reason, refreshed, List.of());
            }
        }

        /** Compute it; nothing is kept. The reason is in words: {@code stream}, {@code not asked for}. */
        record NotCached(String reason) implements Answer {}
    }

    /** The right to compute a key. Closing it lets others go on. */
    interface Ticket extends AutoCloseable {

        /**
         * Keeps the result. A disk that is full or a value without codec is no failure of the task.
         *
         * @return empty if stored, otherwise in words why not ({@code "input file changed while the task ran"})
         */
        Optional<String> store(@Nullable Object value, Duration took, List<Line> lines);

        @Override
        void close();
    }

    /** A line of a task's log, kept with its result. */
    record Line(String level, String text) {}
}
