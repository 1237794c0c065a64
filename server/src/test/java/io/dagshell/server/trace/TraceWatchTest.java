package io.dagshell.server.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.Database;
import io.dagshell.store.RunStore;
import io.dagshell.store.orchestration.Claim;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.NewRun;
import io.dagshell.store.orchestration.Orchestration;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs as a real receiver of OTLP gets them. */
@Timeout(60)
class TraceWatchTest {
    private static final DeploymentName ETL = new DeploymentName("Parameterized ETL");
    private static final TaskName FLOW = new TaskName("etl");

    @TempDir
    private Path folder;

    private final BlockingQueue<ExportTraceServiceRequest> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private HttpServer receiver;
    private Database database;
    private RunStore runs;
    private Orchestration state;

    @BeforeEach
    void open() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Key")));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            told.add(request);
        });
        receiver.start();
        database = Database.file(folder.resolve("state.db"));
        runs = RunStore.open(database);
        state = Orchestration.of(database);
        FolderFiles files = FolderFiles.of(Map.of(FolderFiles.YAML, "name: x".getBytes(UTF_8)));
        state.deployments().apply(DeploymentSpec.of(ETL, FLOW, 17, files), false);
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        runs.close();
        database.close();
    }

    private TraceWatch watch() {
        URI endpoint = URI.create("http://localhost:" + receiver.getAddress().getPort() + "/v1/traces");
        TraceSettings settings = new TraceSettings(endpoint, Map.of("X-Key", "s3cret"), "loads", Optional.empty());
        TraceWatch watch = new TraceWatch(settings, state, runs, Clock.systemUTC());
        watch.start();
        return watch;
    }

    private FlowRun claimed() {
        state.runs().create(NewRun.of(ETL, "{}", Instant.now(), "api"));
        Claim claim = new Claim("agent-1", List.of("default"), Set.of(17), 1, Duration.ofSeconds(60));
        return state.claim(claim).get(0);
    }

    /** A run of a flow whose first task works and whose second, given the first's result, fails. */
    private RunId failed() {
        RunId id = claimed().id();
        state.runs().begin(id, "agent-1");
        tell(id, "deployed");
        state.runs().finish(id, "agent-1", State.FAILED, Optional.of("row 7 has no fare"));
        return id;
    }

    private void tell(RunId id, String origin) {
        Instant at = Instant.now();
        CallPath root = CallPath.root().child(FLOW, 1);
        runs.accept(new RunStarted(id, at, FLOW, Kind.FLOW, "ETL", "{}", origin, "etl.ipynb[7]"));
        runs.accept(new TaskCreated(id, at, 0, FLOW, Kind.FLOW, root, OptionalInt.empty(), List.of()));
        runs.accept(new TaskStateChanged(id, at, 0, State.RUNNING, 1, Optional.empty()));
        call(id, at, root, 1, "fetch", List.of());
        runs.accept(new TaskStateChanged(id, at.plusMillis(20), 1, State.COMPLETED, 1, Optional.empty()));
        call(id, at.plusMillis(20), root, 2, "load", List.of(1));
        runs.accept(new TaskStateChanged(id, at.plusMillis(40), 2, State.AWAITING_RETRY, 1, Optional.of("busy")));
        runs.accept(new TaskStateChanged(id, at.plusMillis(60), 2, State.RUNNING, 2, Optional.empty()));
        runs.accept(new TaskFailed(
                id, at, 2, "java.io.IOException", "no fare", FailureKind.USER, "etl.ipynb[3]:7", "at load(etl.ipynb)"));
        runs.accept(new TaskStateChanged(id, at.plusMillis(90), 2, State.FAILED, 2, Optional.of("no fare")));
        runs.accept(new TaskStateChanged(id, at.plusMillis(99), 0, State.FAILED, 1, Optional.of("no fare")));
        runs.accept(new RunFinished(id, at.plusMillis(99), State.FAILED, Optional.of("no fare")));
        runs.flush();
    }

    private void call(RunId id, Instant at, CallPath root, int ordinal, String task, List<Integer> upstream) {
        TaskName name = new TaskName(task);
        CallPath path = root.child(name, 1);
        runs.accept(new TaskCreated(id, at, ordinal, name, Kind.TASK, path, OptionalInt.of(0), upstream));
        runs.accept(new TaskStateChanged(id, at, ordinal, State.RUNNING, 1, Optional.empty()));
    }

    private ExportTraceServiceRequest next() throws InterruptedException {
        ExportTraceServiceRequest request = told.poll(30, TimeUnit.SECONDS);
        assertThat(request).as("nothing was told").isNotNull();
        return request;
    }

    private static Span span(Map<String, Span> spans, String name) {
        return Optional.ofNullable(spans.get(name))
                .orElseThrow(() -> new AssertionError(spans.keySet() + ": no " + name));
    }

    private static Map<String, Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpans(0).getScopeSpans(0).getSpansList().stream()
                .collect(Collectors.toMap(Span::getName, Function.identity()));
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        return list.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        each -> each.getValue().hasIntValue()
                                ? String.valueOf(each.getValue().getIntValue())
                                : each.getValue().getStringValue()));
    }

    private static String hex(com.google.protobuf.ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    void a_run_is_a_trace_whose_id_is_the_runs_with_its_calls_below_each_other() throws Exception {
        RunId id = failed();
        ExportTraceServiceRequest request;
        try (TraceWatch watch = watch()) {
            request = next();
        }
        Map<String, Span> spans = spans(request);

        assertThat(keys.remove()).isEqualTo("s3cret");
        assertThat(attributes(request.getResourceSpans(0).getResource().getAttributesList()))
                .containsEntry("service.name", "loads");
        assertThat(spans).containsOnlyKeys(ETL.value(), "waiting", "etl", "fetch", "load");
        assertThat(spans.values())
                .allSatisfy(span -> assertThat(hex(span.getTraceId()))
                        .isEqualTo(id.toString().replace("-", "")));
        Span run = span(spans, ETL.value());
        Span flow = span(spans, "etl");
        assertThat(run.getParentSpanId().isEmpty()).isTrue();
        assertThat(span(spans, "waiting").getParentSpanId()).isEqualTo(run.getSpanId());
        assertThat(flow.getParentSpanId()).isEqualTo(run.getSpanId());
        assertThat(span(spans, "load").getParentSpanId()).isEqualTo(flow.getSpanId());
        assertThat(span(spans, "load").getLinks(0).getSpanId())
                .isEqualTo(span(spans, "fetch").getSpanId());
        assertThat(attributes(run.getAttributesList()))
                .containsEntry("dagshell.run", id.toString())
                .containsEntry("dagshell.deployment", ETL.value())
                .containsEntry("dagshell.agent", "agent-1")
                .containsEntry("dagshell.state", "Failed");
    }

    @Test
    void times_are_those_of_the_run_and_what_failed_says_why() throws Exception {
        failed();
        Map<String, Span> spans;
        try (TraceWatch watch = watch()) {
            spans = spans(next());
        }
        Span load = span(spans, "load");
        Span fetch = span(spans, "fetch");

        assertThat(fetch.getEndTimeUnixNano() - fetch.getStartTimeUnixNano()).isEqualTo(20_000_000);
        assertThat(load.getStartTimeUnixNano()).isEqualTo(fetch.getEndTimeUnixNano());
        assertThat(fetch.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(load.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(load.getEventsList())
                .extracting(Span.Event::getName)
                .containsExactly("attempt 1 failed", "exception");
        assertThat(load.getEvents(0).getTimeUnixNano() - load.getStartTimeUnixNano())
                .isEqualTo(20_000_000);
        assertThat(attributes(load.getEvents(0).getAttributesList())).containsEntry("dagshell.reason", "busy");
        assertThat(attributes(load.getEvents(1).getAttributesList()))
                .containsEntry("exception.type", "java.io.IOException")
                .containsEntry("exception.message", "no fare")
                .containsEntry("dagshell.location", "etl.ipynb[3]:7");
        assertThat(span(spans, ETL.value()).getStatus().getMessage()).isEqualTo("row 7 has no fare");
    }

    @Test
    void a_run_is_told_once_however_many_servers_look() throws Exception {
        RunId id = failed();
        try (TraceWatch one = watch();
                TraceWatch other = watch()) {
            next();
            assertThat(told.poll(6, TimeUnit.SECONDS)).isNull();
            RunId second = failed();
            assertThat(hex(span(spans(next()), "etl").getTraceId()))
                    .isEqualTo(second.toString().replace("-", ""))
                    .isNotEqualTo(id.toString().replace("-", ""));
        }
    }

    @Test
    void a_collector_that_refuses_is_told_again_the_same_trace() throws Exception {
        failed();
        status = 400;
        try (TraceWatch watch = watch()) {
            Map<String, Span> refused = spans(next());
            status = 200;
            Map<String, Span> taken = spans(next());

            assertThat(taken).isEqualTo(refused);
        }
    }

    @Test
    void a_run_of_a_notebook_is_told_too_and_one_that_never_began_shows_that_it_waited() throws Exception {
        RunId notebook = RunId.create(Instant.now());
        tell(notebook, "notebook");
        try (TraceWatch watch = watch()) {
            Map<String, Span> spans = spans(next());
            assertThat(spans).containsOnlyKeys("ETL", "etl", "fetch", "load");
            assertThat(attributes(span(spans, "ETL").getAttributesList())).containsEntry("dagshell.origin", "notebook");

            RunId cancelled = state.runs()
                    .create(NewRun.of(ETL, "{}", Instant.now(), "api"))
                    .id();
            state.runs().requestCancel(cancelled, "not wanted");
            assertThat(attributes(span(spans(next()), ETL.value()).getAttributesList()))
                    .containsEntry("dagshell.run", cancelled.toString())
                    .containsEntry("dagshell.state", "Cancelled");
        }
    }
}
