package io.dagshell.server.trace;

import io.dagshell.engine.model.RunId;
import io.dagshell.server.watch.Lookout;
import io.dagshell.store.RunHistory;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.TracedRuns.Due;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks every few seconds which runs ended, and tells a collector of each, once whichever server looks; one that does not take a run is told
 * again after longer and longer pauses, for about a day. What ended up to a day before the server started is told too.
 */
public final class TraceWatch implements AutoCloseable {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(16));
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int RUNS_AT_ONCE = 50;
    private static final int SPANS_AT_ONCE = 512;

    private final Orchestration state;
    private final RunHistory history;
    private final Resource resource;
    private final OtlpHttpSpanExporter collector;
    private final String endpoint;
    private final Lookout lookout;
    private boolean refused;

    public TraceWatch(TraceSettings settings, Orchestration state, RunHistory history, Clock clock) {
        this.state = state;
        this.history = history;
        this.lookout = new Lookout("dagshell-traces", "traces could not be told", 1, clock);
        this.endpoint = settings.endpoint().toString();
        this.resource = Resource.builder()
                .put(AttributeKey.stringKey("service.name"), settings.service())
                .build();
        OtlpHttpSpanExporterBuilder builder =
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setTimeout(PATIENCE);
        settings.headers().forEach(builder::addHeader);
        settings.authority().ifPresent(builder::setTrustedCertificates);
        this.collector = builder.build();
    }

    /** Begins. */
    public void start() {
        lookout.since(EVERY, this::look);
    }

    private void look(Instant now, Instant since) {
        List<Due> due;
        do {
            due = state.traced().claim(now, since, RUNS_AT_ONCE, LEASE);
            tell(due, now);
        } while (due.size() >= RUNS_AT_ONCE && !refused);
    }

    private void tell(List<Due> due, Instant now) {
        for (Due run : due) {
            if (isTaken(spans(run.run()))) {
                state.traced().told(run.run());
            } else {
                boolean more = run.attempt() <= PAUSES.size();
                state.traced()
                        .notTold(
                                run.run(),
                                more ? Optional.of(now.plus(PAUSES.get(run.attempt() - 1))) : Optional.empty());
            }
        }
    }

    private List<SpanData> spans(RunId id) {
        TraceIds ids = new TraceIds();
        EndedSpans spans = new EndedSpans();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(resource)
                .addSpanProcessor(spans)
                .build()) {
            new RunTrace(id, state.runs().find(id), history.run(id), history.attempts(id))
                    .tell(provider.get("io.dagshell"), ids);
        }
        return spans.all();
    }

    private boolean isTaken(List<SpanData> spans) {
        for (int at = 0; at < spans.size(); at += SPANS_AT_ONCE) {
            CompletableResultCode result = collector
                    .export(spans.subList(at, Math.min(spans.size(), at + SPANS_AT_ONCE)))
                    .join(PATIENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            if (!result.isSuccess()) {
                if (!refused) {
                    Throwable why = result.getFailureThrowable();
                    log("the collector of traces at " + endpoint + " does not take them"
                            + (why == null ? "" : ": " + why.getMessage()) + ". They are told again for a day.");
                }
                refused = true;
                return false;
            }
        }
        refused = false;
        return true;
    }

    private static void log(String text) {
        System.getLogger(TraceWatch.class.getName()).log(System.Logger.Level.WARNING, text);
    }

    @Override
    public void close() {
        lookout.close();
        collector.shutdown();
    }
}
