package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.approval.ApprovalForm;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import io.dagshell.store.orchestration.AskedApproval;
import io.dagshell.store.orchestration.AskedApprovals;
import io.dagshell.store.orchestration.FlowRun;
import java.util.Map;
import java.util.Optional;

/** Takes people's answers to what flows ask, and has the runs go on. Thread-safe. */
public final class Approving {
    private final AskedApprovals asked;
    private final WorkSignal signal;

    Approving(AskedApprovals asked, WorkSignal signal) {
        this.asked = asked;
        this.signal = signal;
    }

    /**
     * Approves what a run asks.
     *
     * @param place which question, if several wait
     * @param values JSON of the fields
     * @param texts fields as people type them; they go before {@code values}; what is in neither is as the flow suggests
     * @param by who approves
     * @throws io.dagshell.engine.parameter.ParameterException a field is unknown, missing or malformed
     * @throws io.dagshell.store.orchestration.RefusedException nothing waits, or it was answered meanwhile
     */
    public FlowRun approve(
            RunId run, Optional<CallPath> place, ObjectNode values, Map<String, String> texts, String by) {
        AskedApproval question = asked.question(run, place);
        ApprovalForm form = ApprovalForm.parse(question.form());
        ObjectNode given = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        for (Map.Entry<String, JsonNode> each : values.properties()) {
            given.set(each.getKey(), each.getValue());
        }
        texts.forEach((name, text) -> given.set(name, form.schema().read(name, text)));
        FlowRun approved = asked.approve(question, form.ofJson(given).toString(), by);
        signal.give();
        return approved;
    }

    /** Rejects what a run asks, so that its flow fails; otherwise as {@link #approve}. */
    public FlowRun reject(RunId run, Optional<CallPath> place, String reason, String by) {
        FlowRun rejected = asked.reject(asked.question(run, place), reason, by);
        signal.give();
        return rejected;
    }
}
