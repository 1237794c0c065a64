package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Instant;
import java.util.Optional;

/**
 * A run of a deployment, from the moment it is planned. What happens inside it is in {@link
 * io.dagshell.store.RunHistory} under the same id once it has begun.
 */
public record FlowRun(RunId id, Plan plan, Origin origin, Status status, Tries tries) {
    /**
     * How often it was begun.
     *
     * @param retried how often it, and those it was made anew for, was tried again without a person
     * @param starts processes that were begun for it
     * @param from the task that is computed anew with all that follows, though the run it resumes finished it
     */
    public record Tries(int retried, int starts, Optional<TaskName> from) {
        static final Tries NONE = new Tries(0, 0, Optional.empty());
    }

    /**
     * What is to be run.
     *
     * @param version digest of the deployment's folder
     * @param due when it is to start, and what {@code scheduledTime()} says in it
     * @param jdk feature release it needs
     */
    public record Plan(
            DeploymentName deployment,
            String version,
            TaskName flow,
            String parametersJson,
            Instant due,
            String queue,
            int jdk) {}

    /**
     * Where it comes from.
     *
     * @param createdBy a person, {@code api}, {@code schedule}, {@code retry}, …
     * @param attempt from 1; more for one made anew
     * @param retryOf the run it is made anew for
     * @param resumes the run whose finished tasks are not repeated in it
     * @param backfill that it is part of
     */
    public record Origin(
            String createdBy,
            Optional<ScheduleId> schedule,
            Optional<String> idempotencyKey,
            int attempt,
            Optional<RunId> retryOf,
            Optional<RunId> resumes,
            Optional<BackfillId> backfill) {

        /** A first attempt that neither a schedule nor a backfill has made. */
        static Origin by(String createdBy) {
            return new Origin(
                    createdBy,
                    Optional.empty(),
                    Optional.empty(),
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        Origin withSchedule(ScheduleId id) {
            return new Origin(createdBy, Optional.of(id), idempotencyKey, attempt, retryOf, resumes, backfill);
        }

        Origin withKey(Optional<String> key) {
            return new Origin(createdBy, schedule, key, attempt, retryOf, resumes, backfill);
        }

        Origin withBackfill(BackfillId id) {
            return new Origin(createdBy, schedule, idempotencyKey, attempt, retryOf, resumes, Optional.of(id));
        }
    }

    /**
     * How far it is.
     *
     * @param reason why it waits, or how it ended
     * @param agent who claimed it
     * @param leaseUntil until when it is the agent's without a renewal; of one that waits, before when nobody takes it
     */
    public record Status(
            State state,
            Optional<String> reason,
            Optional<String> agent,
            Optional<Instant> leaseUntil,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt) {}
}
