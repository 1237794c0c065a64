package io.dagshell.server.trace;

import static java.util.stream.Collectors.groupingBy;

import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.store.AttemptRecord;
import io.dagshell.store.RunDetail;
import io.dagshell.store.RunRecord;
import io.dagshell.store.TaskRunRecord;
import io.dagshell.store.orchestration.FlowRun;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run as a trace: a span of the run, from when it might have begun, in it one of its waiting and one of each call, below the call that made it.
 * The trace's id is the run's, and ids of spans are made of the run's and the call's number, so that a run told twice is the same trace.
 *
 * @param planned of a deployment; empty for a run of a notebook or a terminal
 * @param detail what happened in it; empty if it never began
 * @param attempts of calls that had more than one
 */
record RunTrace(RunId id, Optional<FlowRun> planned, Optional<RunDetail> detail, List<AttemptRecord> attempts) {
    private static final String RUN = "run";
    private static final String WAITING = "waiting";

    /** Makes the spans; they are ended. */
    void tell(Tracer tracer, TraceIds ids) {
        Instant begun = planned.flatMap(run -> run.status().startedAt())
                .or(() -> detail.map(run -> run.run().startedAt()))
                .orElseGet(this::ready);
        Instant ended = ended();
        Span run = started(tracer, ids, RUN, title(), Optional.empty(), ready());
        facts(run);
        if (begun.isAfter(ready())) {
            Span waiting = started(tracer, ids, WAITING, "waiting", Optional.of(RUN), ready());
            planned.map(each -> each.plan().queue()).ifPresent(queue -> waiting.setAttribute("dagshell.queue", queue));
            waiting.end(begun);
        }
        Map<Integer, List<AttemptRecord>> tries = attempts.stream().collect(groupingBy(AttemptRecord::ordinal));
        detail.ifPresent(all -> all.tasks()
                .forEach(call ->
                        tell(tracer, ids, call, tries.getOrDefault(call.call().ordinal(), List.of()), ended)));
        run.end(ended);
    }

    private void tell(Tracer tracer, TraceIds ids, TaskRunRecord call, List<AttemptRecord> tries, Instant last) {
        TaskRunRecord.Status status = call.status();
        String parent = call.call().parent().isPresent()
                ? String.valueOf(call.call().parent().getAsInt())
                : RUN;
        Instant begun = status.startedAt().orElse(status.createdAt());
        Span span = started(
                tracer,
                ids,
                String.valueOf(call.call().ordinal()),
                call.call().task().value(),
                Optional.of(parent),
                begun,
                call.call().upstream().stream().map(String::valueOf).toList());
        span.setAttribute("dagshell.kind", call.call().kind() == Kind.FLOW ? "flow" : "task");
        span.setAttribute("dagshell.call", call.call().path().value());
        span.setAttribute("dagshell.state", status.state().word());
        span.setAttribute("dagshell.attempt", status.attempt());
        call.cache()
                .ifPresent(cache -> span.setAttribute(
                                "dagshell.cache", cache.outcome().name().toLowerCase(Locale.ROOT))
                        .setAttribute("dagshell.cache.reason", cache.reason()));
        tries.stream()
                .filter(each -> each.state() == State.FAILED && each.attempt() < status.attempt())
                .forEach(each -> span.addEvent(
                        "attempt " + each.attempt() + " failed",
                        Attributes.builder()
                                .put("dagshell.reason", each.message().orElse(""))
                                .build(),
                        each.finishedAt().orElse(begun)));
        Instant ended = later(begun, status.finishedAt().orElse(last));
        call.failure().ifPresent(failure -> {
            span.addEvent(
                    "exception",
                    Attributes.builder()
                            .put("exception.type", failure.exception())
                            .put("exception.message", failure.message())
                            .put("exception.stacktrace", failure.trace())
                            .put("dagshell.location", failure.location())
                            .build(),
                    ended);
        });
        if (isWrong(status.state())) {
            span.setStatus(
                    StatusCode.ERROR,
                    call.failure()
                            .map(failure -> failure.exception() + ": " + failure.message())
                            .or(status::message)
                            .orElse(status.state().word()));
        }
        span.end(ended);
    }

    private void facts(Span span) {
        State state = planned.map(run -> run.status().state())
                .orElseGet(() -> detail.map(run -> run.run().state()).orElse(State.CRASHED));
        span.setAttribute("dagshell.run", id.toString());
        span.setAttribute("dagshell.state", state.word());
        detail.map(RunDetail::run)
                .ifPresent(run -> span.setAttribute("dagshell.flow", run.flow().value())
                        .setAttribute("dagshell.origin", run.origin())
                        .setAttribute("dagshell.source", run.source()));
        planned.ifPresent(run -> {
            span.setAttribute("dagshell.deployment", run.plan().deployment().value());
            span.setAttribute("dagshell.flow", run.plan().flow().value());
            span.setAttribute("dagshell.version", run.plan().version());
            span.setAttribute("dagshell.due", run.plan().due().toString());
            span.setAttribute("dagshell.created_by", run.origin().createdBy());
            span.setAttribute("dagshell.attempt", run.origin().attempt());
            run.status().agent().ifPresent(agent -> span.setAttribute("dagshell.agent", agent));
        });
        if (isWrong(state)) {
            span.setStatus(
                    StatusCode.ERROR,
                    planned.flatMap(run -> run.status().reason())
                            .or(() -> detail.map(RunDetail::run).flatMap(RunRecord::message))
                            .orElse(state.word()));
        }
    }

    private static boolean isWrong(State state) {
        return state == State.FAILED || state == State.CRASHED;
    }

    /** When it might have begun: a run that was planned before its due instant does not wait until then. */
    private Instant ready() {
        return planned.map(run -> later(run.status().createdAt(), run.plan().due()))
                .map(ready -> planned.flatMap(run -> run.status().startedAt())
                        .filter(begun -> begun.isBefore(ready))
                        .orElse(ready))
                .or(() -> detail.map(run -> run.run().startedAt()))
                .orElse(Instant.EPOCH);
    }

    private Instant ended() {
        Instant told = planned.flatMap(run -> run.status().finishedAt())
                .or(() -> detail.flatMap(run -> run.run().finishedAt()))
                .orElseGet(this::ready);
        return later(ready(), told);
    }

    private String title() {
        return planned.map(run -> run.plan().deployment().value())
                .or(() -> detail.map(run -> run.run().title()))
                .orElse(id.toString());
    }

    private Span started(Tracer tracer, TraceIds ids, String part, String name, Optional<String> parent, Instant at) {
        return started(tracer, ids, part, name, parent, at, List.of());
    }

    private Span started(
            Tracer tracer,
            TraceIds ids,
            String part,
            String name,
            Optional<String> parent,
            Instant at,
            List<String> upstream) {
        ids.next(id, part);
        SpanBuilder span = tracer.spanBuilder(name).setStartTimestamp(at);
        if (parent.isPresent()) {
            span.setParent(Context.root().with(Span.wrap(context(id, parent.get()))));
        } else {
            span.setNoParent();
            planned.flatMap(run -> run.origin().retryOf()).ifPresent(before -> span.addLink(context(before, RUN)));
            planned.flatMap(run -> run.origin().resumes())
                    .or(() -> detail.flatMap(run -> run.run().resumes()))
                    .ifPresent(before -> span.addLink(context(before, RUN)));
        }
        upstream.forEach(call -> span.addLink(context(id, call)));
        return span.startSpan();
    }

    private static SpanContext context(RunId run, String part) {
        return SpanContext.create(
                TraceIds.trace(run), TraceIds.span(run, part), TraceFlags.getSampled(), TraceState.getDefault());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
