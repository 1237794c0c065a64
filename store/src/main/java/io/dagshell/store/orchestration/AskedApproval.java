package io.dagshell.store.orchestration;

import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a flow asked, and what was answered.
 *
 * @param run that asks
 * @param deployment whose run it is; empty for one of a notebook
 * @param place names the question in the run
 * @param form fields of the answer, as {@link io.dagshell.engine.approval.ApprovalForm#parse} reads them
 * @param until when it counts as rejected
 * @param answer JSON of the fields that it was approved with
 * @param reason why it was rejected
 * @param by who answered
 */
public record AskedApproval(
        RunId run,
        Optional<DeploymentName> deployment,
        CallPath place,
        String question,
        String form,
        Instant askedAt,
        Optional<Instant> until,
        State state,
        Optional<String> answer,
        Optional<String> reason,
        Optional<String> by,
        Optional<Instant> answeredAt) {

    /** What became of it. */
    public enum State {
        WAITING,
        APPROVED,
        REJECTED,
        /** Nobody answered in time, which counts as rejected. */
        EXPIRED;

        /** The word people see. */
        public String word() {
            return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
        }
    }
}
