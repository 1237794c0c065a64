package io.dagshell.server.web;

import io.dagshell.engine.approval.ApprovalForm;
import io.dagshell.store.orchestration.AskedApproval;
import java.util.List;

/**
 * What a run asks or asked, as its page shows it.
 *
 * @param form to be filled in, while it waits
 * @param open whether it can be answered here: it waits, and the run is not over
 */
public record ApprovalView(AskedApproval asked, RunForm form, boolean open) {
    static List<ApprovalView> of(List<AskedApproval> asked, boolean going) {
        return asked.stream().map(each -> of(each, going)).toList();
    }

    static ApprovalView of(AskedApproval asked, boolean going) {
        boolean open = going && asked.deployment().isPresent() && asked.state() == AskedApproval.State.WAITING;
        return new ApprovalView(asked, RunForm.of(ApprovalForm.parse(asked.form())), open);
    }

    ApprovalView with(RunForm filled) {
        return new ApprovalView(asked, filled, open);
    }

    /** What it was approved with; empty for yes or no. */
    public List<ParameterView> values() {
        return asked.answer().map(ParameterView::of).orElse(List.of());
    }

    /** Its state as the colours of states go. */
    public String slug() {
        return switch (asked.state()) {
            case WAITING -> "paused";
            case APPROVED -> "completed";
            case REJECTED, EXPIRED -> "failed";
        };
    }
}
