package io.dagshell.engine.run;

import io.dagshell.engine.approval.Approvals;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.event.RunEvent.ApprovalAnswered;
import io.dagshell.engine.event.RunEvent.ApprovalAsked;
import io.dagshell.engine.event.RunEvent.ArtifactRecorded;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.view.MimeBundle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is written about a call beside its state: lines, progress, keys, questions, what it returned and why it failed.
 * Thread-safe: guarded by the run's journal, under which the call's place is asked for.
 */
final class CallRecord {
    private final LiveRun run;
    private final TaskName task;
    private final IntSupplier ordinal;

    /** @param ordinal place of the call in its run, which changes when it is computed again */
    CallRecord(LiveRun run, TaskName task, IntSupplier ordinal) {
        this.run = run;
        this.task = task;
        this.ordinal = ordinal;
    }

    /** @param replayed whether it was said by the call whose result is taken */
    void line(ResultCache.Line line, boolean replayed) {
        run.journal().write(at -> new LogLine(run.id(), at, ordinal.getAsInt(), line.level(), line.text(), replayed));
    }

    void described(@Nullable Object value) {
        Descriptions.of(value, run.settings().wording().describe())
                .ifPresent(summary ->
                        run.journal().write(at -> new ResultDescribed(run.id(), at, ordinal.getAsInt(), summary)));
    }

    /** Why it failed, with the lines of its own code on the way there. */
    void explained(Throwable failure) {
        UserTrace trace = new UserTrace(run.settings().wording().frames());
        String text = failure.getMessage() == null ? "" : failure.getMessage();
        run.journal()
                .write(at -> new TaskFailed(
                        run.id(),
                        at,
                        ordinal.getAsInt(),
                        failure.getClass().getName(),
                        text,
                        Failures.kindOf(failure),
                        trace.location(failure),
                        trace.text(failure)));
    }

    void artifact(String name, String kind, Object value) {
        MimeBundle content = run.settings().wording().artifacts().of(value);
        run.journal().write(at -> new ArtifactRecorded(run.id(), at, ordinal.getAsInt(), name, kind, content));
    }

    /** Writes down what is asked. */
    void asks(Approvals.Question question) {
        run.journal()
                .write(at -> new ApprovalAsked(
                        run.id(),
                        at,
                        ordinal.getAsInt(),
                        question.place(),
                        question.text(),
                        question.form().toJson(),
                        question.timeout().map(at::plus)));
    }

    /** Writes down what a person said here. */
    void answered(Approvals.Question question, Approvals.Answer answer) {
        boolean approved = answer instanceof Approvals.Answer.Approved;
        String values = answer instanceof Approvals.Answer.Approved said ? JsonForm.canonical(said.values()) : "{}";
        String reason = answer instanceof Approvals.Answer.Rejected no ? no.reason() : "";
        run.journal()
                .write(at -> new ApprovalAnswered(
                        run.id(),
                        at,
                        ordinal.getAsInt(),
                        question.place(),
                        question.text(),
                        approved,
                        values,
                        answer.by(),
                        reason));
    }

    void progressed(long done, long total, String unit) {
        OptionalLong expected = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
        run.journal().write(at -> new Progressed(run.id(), at, ordinal.getAsInt(), done, expected, unit));
    }

    /** What the call's key is made of, if it has one. */
    void keyed(List<KeyPart> parts) {
        if (!parts.isEmpty()) {
            run.journal().write(at -> new KeyRecorded(run.id(), at, ordinal.getAsInt(), task, parts));
        }
    }

    void consulted(
            CacheOutcome outcome,
            String reason,
            Optional<String> key,
            Optional<Duration> age,
            Optional<Duration> saved) {
        run.journal()
                .write(at -> new CacheConsulted(run.id(), at, ordinal.getAsInt(), outcome, reason, key, age, saved));
    }
}
