package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of a rule.
 *
 * @param run it is about; empty for a deployment that is silent
 * @param state how far it is
 * @param attempts to send it, so far
 * @param held how many of its kind and deployment were held back since the one sent before it
 * @param problem why the last attempt failed
 */
public record AlertMessage(
        String id,
        String rule,
        AlertKind kind,
        DeploymentName deployment,
        Optional<RunId> run,
        State state,
        int attempts,
        int held,
        Instant createdAt,
        Optional<Instant> sentAt,
        Optional<String> problem) {

    /** How far a message is. */
    public enum State {
        /** To be sent, or sent again. */
        WAITING,
        SENT,
        /** Given up. */
        FAILED,
        /** Not to be sent: another of its kind was told of shortly before. */
        HELD
    }
}
