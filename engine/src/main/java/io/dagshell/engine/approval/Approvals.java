package io.dagshell.engine.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import java.time.Duration;
import java.util.Optional;

/**
 * Port: asks people what flows ask with {@code approve(..)}. Thread-safe: branches of a flow may ask at once.
 */
public interface Approvals {

    /**
     * A question.
     *
     * @param run the run that asks
     * @param place names the question in its run, the same whenever the run goes on: {@code etl/1.approve/1}
     * @param text the question as people read it
     * @param form what is to be filled in with the answer
     * @param timeout how long an answer is waited for; for ever if empty
     */
    record Question(RunId run, CallPath place, String text, ApprovalForm form, Optional<Duration> timeout) {}

    /** What a person said. */
    sealed interface Answer {
        /** Who said it. */
        String by();

        /** @param values canonical JSON of the form's fields */
        record Approved(String by, ObjectNode values) implements Answer {}

        /** @param reason why, as they wrote it; may be empty */
        record Rejected(String by, String reason) implements Answer {}
    }

    /** An answer that was given before this process began; it is told already. */
    default Optional<Answer> given(Question question) {
        return Optional.empty();
    }

    /**
     * Asks and waits for the answer.
     *
     * @return empty if nobody is here to ask: the run ends as Paused, and is begun again with the answer
     */
    Optional<Answer> ask(Question question) throws InterruptedException;

    /** Asks nobody. */
    static Approvals none() {
        return question -> {
            throw new NobodyToAskException(
                    "'" + question.text() + "' waits for an approval, and this program has nobody "
                            + "to ask: give Engine.builder() its approvals(..)");
        };
    }
}
