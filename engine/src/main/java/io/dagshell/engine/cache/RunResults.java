package io.dagshell.engine.cache;

import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Port: what the finished tasks of runs returned, kept so that a run that did not complete can be resumed without
 * repeating them. Apart from the cache: matched by call path <em>and</em> key, and gone once the run completed.
 * Thread-safe.
 */
public interface RunResults {

    /** Begins to keep for {@code run}. Nothing that is wrong with the place reaches the run. */
    Kept begin(RunId run, Optional<RunId> resumes);

    /** Keeps nothing, so that nothing can be resumed. */
    static RunResults none() {
        return (run, resumes) -> Kept.NOTHING;
    }

    /** The results of one run. Thread-safe. */
    interface Kept {
        /** Of a run that is not resumed. */
        Kept NOTHING = new Kept() {
            @Override
            public Asked ask(CallPath path, ResultCache.Question question) {
                return new Asked.Compute(Ticket.NONE, Optional.empty(), Optional.empty());
            }

            @Override
            public Optional<String> cachedKey(CallPath path) {
                return Optional.empty();
            }

            @Override
            public void cached(CallPath path, String key) {}

            @Override
            public void repeats() {}

            @Override
            public int finished() {
                return 0;
            }

            @Override
            public void end(boolean completed) {}
        };

        /** Asks for a call of a task that is not cached. */
        Asked ask(CallPath path, ResultCache.Question question);

        /** The same for a call that is to be computed again though an earlier run finished it. */
        default Asked anew(CallPath path, ResultCache.Question question) {
            return ask(path, question);
        }

        /** The key under which the cache had the result of a finished call; it counts whatever its age is now. */
        Optional<String> cachedKey(CallPath path);

        /** A cached call is finished. */
        void cached(CallPath path, String key);

        /** A flow of this run is tried again: what its tasks finished is not repeated either. */
        void repeats();

        /** How many calls of earlier runs are finished. */
        int finished();

        /** The run waits for a person's answer: what it finished is kept for longer. */
        default void waits() {}

        /** The run ended; of one that completed nothing stays. */
        void end(boolean completed);
    }

    /** What is known of a call. */
    sealed interface Asked {
        /** It is finished, with that value. */
        record Finished(@Nullable Object value, RunId in, Duration took, List<ResultCache.Line> lines)
                implements Asked {}

        /**
         * It is to be computed.
         *
         * @param again why, if an earlier run came this far: {@code helper datasetUri changed}
         * @param begunIn the earlier run that began this very call and did not get to its end: an effect of it may be
         *     there
         */
        record Compute(Ticket ticket, Optional<String> again, Optional<RunId> begunIn) implements Asked {}
    }

    /** The right to say what a call came to. Used by the thread of the call. */
    interface Ticket {
        /** Keeps nothing. */
        Ticket NONE = new Ticket() {
            @Override
            public void begins() {}

            @Override
            public Optional<String> keep(@Nullable Object value, Duration took, List<ResultCache.Line> lines) {
                return Optional.empty();
            }
        };

        /** The call is about to change the world. */
        void begins();

        /**
         * The call is finished.
         *
         * @return empty, or in words what is wrong with the place
         */
        Optional<String> keep(@Nullable Object value, Duration took, List<ResultCache.Line> lines);
    }
}
