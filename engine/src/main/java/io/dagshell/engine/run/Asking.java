package io.dagshell.engine.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.approval.ApprovalForm;
import io.dagshell.engine.approval.Approvals;
import io.dagshell.engine.approval.Approvals.Answer;
import io.dagshell.engine.approval.RejectedException;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.parameter.JsonForm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One {@code approve(..)}: asks, writes down, and answers or rejects. Stateless; on the thread that asks. */
final class Asking {
    /** Questions are numbered as calls of this name, so that one has the same place whenever the run goes on. */
    private static final TaskName APPROVE = new TaskName("approve");

    private Asking() {}

    /** The values that a person approved with. */
    static ObjectNode ask(
            Ambient here, Approvals approvals, String text, ApprovalForm form, Optional<Duration> timeout) {
        refuse(here.scope().frame().call(), text, timeout);
        Scope scope = here.scope();
        scope.cancellation().check();
        LiveCall call = scope.frame().call();
        List<Integer> number = scope.numbering().next(APPROVE);
        CallPath place = scope.frame().path().child(APPROVE, number);
        RunId run = scope.frame().run();
        Approvals.Question question = new Approvals.Question(run, place, text, form, timeout);
        Optional<Answer> given = approvals.given(question);
        return values(call, question, given.orElseGet(() -> asked(scope, call, approvals, question)));
    }

    private static void refuse(@Nullable LiveCall call, String text, Optional<Duration> limit) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("approve(\"\") asks nothing: write what is to be approved");
        }
        if (limit.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
            throw new IllegalArgumentException("the timeout of approve must be more than nothing, not " + limit.get());
        }
        if (call == null) {
            return;
        }
        if (call.state().isTerminal()) {
            throw RefusedCallException.fromHook(call.task().name(), APPROVE);
        }
        if (call.task().kind() == Kind.TASK) {
            throw RefusedCallException.asksInTask(call.task().name());
        }
    }

    private static Answer asked(
            Scope scope, @Nullable LiveCall call, Approvals approvals, Approvals.Question question) {
        if (call != null) {
            call.record().asks(question);
        }
        Optional<Answer> answer;
        try {
            answer = approvals.ask(question);
        } catch (InterruptedException interrupted) {
            throw Interruptions.stopped(scope.cancellation(), interrupted);
        }
        scope.cancellation().check();
        Answer said = answer.orElseThrow(() -> new PausedError(question.text()));
        if (call != null) {
            call.record().answered(question, said);
        }
        return said;
    }

    private static ObjectNode values(@Nullable LiveCall call, Approvals.Question question, Answer answer) {
        if (answer instanceof Answer.Rejected rejected) {
            throw new RejectedException(question.text(), rejected.by(), rejected.reason());
        }
        Answer.Approved approved = (Answer.Approved) answer;
        if (call != null) {
            call.log(
                    "INFO",
                    "'" + question.text() + "' was approved by " + approved.by()
                            + (question.form().isEmpty() ? "" : " with " + JsonForm.canonical(approved.values())));
        }
        return approved.values();
    }
}
