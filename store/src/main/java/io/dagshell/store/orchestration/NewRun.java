package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that is asked for.
 *
 * @param id made by the caller
 * @param parametersJson canonical JSON object of all parameters, checked by the caller
 * @param due when it shall start; {@code scheduledTime()} in it
 * @param queue another queue than the deployment's
 * @param createdBy who asked: a person, {@code api}, …
 * @param idempotencyKey a second request of the same key gets the first one's run
 */
public record NewRun(
        RunId id,
        DeploymentName deployment,
        String parametersJson,
        Instant due,
        Optional<String> queue,
        String createdBy,
        Optional<String> idempotencyKey) {

    /** Now, on the deployment's queue. */
    public static NewRun of(DeploymentName deployment, String parametersJson, Instant now, String createdBy) {
        return new NewRun(
                RunId.create(now), deployment, parametersJson, now, Optional.empty(), createdBy, Optional.empty());
    }

    public NewRun withDue(Instant other) {
        return new NewRun(id, deployment, parametersJson, other, queue, createdBy, idempotencyKey);
    }

    public NewRun withQueue(String other) {
        return new NewRun(id, deployment, parametersJson, due, Optional.of(other), createdBy, idempotencyKey);
    }

    public NewRun withIdempotencyKey(String key) {
        return new NewRun(id, deployment, parametersJson, due, queue, createdBy, Optional.of(key));
    }
}
