package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.event.EventJson;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.server.access.Admission;
import io.dagshell.server.client.AgentProtocol;
import io.dagshell.server.deploy.DeploymentServices;
import io.dagshell.server.deploy.HowToRun;
import io.dagshell.server.deploy.NeededBlocks;
import io.dagshell.store.RunStore;
import io.dagshell.store.StoreException;
import io.dagshell.store.orchestration.AgentReport;
import io.dagshell.store.orchestration.Claim;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.Renewal;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.UnprocessableContentResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** {@code /api/agents/…}: work out, events and ends of runs in. All may be sent again. */
final class AgentsApi {
    private static final Duration LEASE = Duration.ofSeconds(15);

    /**
     * Of a run just handed out: an agent that got it has renewed by then. One that was killed while its request waited
     * has not, and the run is given back.
     */
    private static final Duration FIRST_LEASE = Duration.ofSeconds(9);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofSeconds(1);

    /** Agents renew every three seconds. */
    private static final Duration HEARD = Duration.ofSeconds(7);

    private static final String ONE = "/api/agents/{agent}";

    /** Runs at one poll. */
    private static final ApiType MOST = ApiType.number("a whole number from 0 to 1000", 0, 1_000);

    private final DeploymentServices services;
    private final RunStore runs;

    /** Number of each agent's latest request for work; an earlier one is of an agent that is gone. */
    private final Map<String, Long> latest = new ConcurrentHashMap<>();

    private final AtomicLong counter = new AtomicLong();

    AgentsApi(DeploymentServices services, RunStore runs) {
        this.services = services;
        this.runs = runs;
    }

    void add(Endpoints endpoints) {
        agent(endpoints.post(ONE + "/poll", "Hands out runs, as soon as there are any.", this::poll))
                .takes("most", MOST)
                .takes("wait", ApiType.COUNT)
                .refuses(409)
                .gives("runs", ApiType.listOf(Answers.ORDER));
        agent(endpoints.post(ONE + "/renew", "Keeps runs an agent holds.", this::renew))
                .takes("runs", ApiType.IDS)
                .gives("renewed", ApiType.IDS)
                .gives("cancelling", ApiType.IDS)
                .gives("lost", ApiType.IDS);
        spoken(endpoints.post(
                        ONE + "/runs/{run}/begin", "Whether an agent may begin a run's process now.", this::begin))
                .gives("begin", ApiType.FLAG);
        spoken(endpoints.post(ONE + "/runs/{run}/events", "Events of a run from a place on.", this::events))
                .needs("first", ApiType.PLACE)
                .needs("events", ApiType.TEXTS)
                .gives("next", ApiType.PLACE);
        spoken(endpoints.post(ONE + "/runs/{run}/finish", "A run's process has ended.", this::finish))
                .needs("state", ApiType.STATE)
                .takes("start", ApiType.COUNT)
                .takes("message", ApiType.TEXT)
                .takes("output", ApiType.TEXTS)
                .gives("moved", ApiType.FLAG);
    }

    private static Endpoint agent(Endpoint endpoint) {
        return spoken(endpoint)
                .needs("host", ApiType.TEXT)
                .takes("queues", ApiType.TEXTS)
                .takes("jdks", ApiType.NUMBERS);
    }

    private static Endpoint spoken(Endpoint endpoint) {
        return endpoint.header(AgentProtocol.NUMBER, ApiType.TEXT).header(AgentProtocol.VERSION, ApiType.TEXT);
    }

    private static AgentProtocol protocol(Context request) {
        return AgentProtocol.told(
                Optional.ofNullable(request.header(AgentProtocol.NUMBER)),
                Optional.ofNullable(request.header(AgentProtocol.VERSION)));
    }

    private static void answer(Context request, ObjectNode answer) {
        AgentProtocol.here().headers().forEach(request::header);
        DeploymentsApi.answer(request, answer);
    }

    /** Answers as soon as there is work, at the latest after {@code wait} seconds. */
    private void poll(Context request) throws InterruptedException {
        RequestBody body = RequestBody.of(request);
        String agent = heartbeat(request, body);
        requireSpoken(request, agent);
        int most = body.number("most").orElse(1);
        Claim claim = new Claim(agent, body.texts("queues"), jdks(body), most, FIRST_LEASE);
        Duration wait = Duration.ofSeconds(Math.max(0, body.number("wait").orElse(0)));
        long deadline = System.nanoTime() + min(wait, LONGEST_WAIT).toNanos();
        Long own = counter.incrementAndGet();
        latest.put(agent, own);
        // Taken before each look, so that what is planned meanwhile ends the wait at once.
        long seen = services.signal().given();
        List<FlowRun> claimed = services.state().claim(claim);
        while (claimed.isEmpty() && System.nanoTime() < deadline) {
            // Another server on the same database may have planned it.
            services.signal().await(seen, min(STEP, Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
            if (!own.equals(latest.get(agent)) || !isHeard(agent) || !Admission.lasts(request)) {
                break;
            }
            seen = services.signal().given();
            claimed = services.state().claim(claim);
        }
        ObjectNode answer = ApiJson.object();
        answer.set(
                "runs",
                ApiJson.array(claimed.stream()
                        .flatMap(run -> orderOrEnd(run).stream())
                        .toList()));
        answer(request, answer);
    }

    /** What an agent passes over of an order would be done twice or not at all. Its runs it may end. */
    private static void requireSpoken(Context request, String agent) {
        AgentProtocol spoken = protocol(request);
        spoken.whyNotServed().ifPresent(why -> {
            throw new ConflictResponse(spoken.refusal(agent, why));
        });
    }

    /** A killed agent's request may still wait here: it must not be handed what nobody would run. */
    private boolean isHeard(String agent) {
        Instant lately = services.clock().instant().minus(HEARD);
        return services.state().agents().list().stream()
                .anyMatch(each ->
                        each.name().equals(agent) && each.lastHeartbeat().isAfter(lately));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** One that cannot be told would be given back and handed out for ever. */
    private Optional<ObjectNode> orderOrEnd(FlowRun run) {
        try {
            return Optional.of(order(run));
        } catch (StoreException away) {
            throw away;
        } catch (RuntimeException cannot) {
            System.getLogger(AgentsApi.class.getName())
                    .log(System.Logger.Level.ERROR, "run " + run.id() + " could not be handed out", cannot);
            services.state()
                    .runs()
                    .finish(
                            run.id(),
                            run.status().agent().orElse(""),
                            State.FAILED,
                            Optional.of("the server could not hand it out: " + cannot.getMessage()));
            return Optional.empty();
        }
    }

    private ObjectNode order(FlowRun run) {
        FlowManifest manifest =
                services.manifests().of(run.plan().deployment(), run.plan().version());
        ObjectNode order = ApiJson.run(run);
        HowToRun how = services.manifests()
                .howToRun(run.plan().deployment(), run.plan().version());
        how.workingDirectory().ifPresent(folder -> order.put("working_directory", folder));
        how.memory().ifPresent(memory -> order.put("memory", memory));
        new OrderedTries(services.state(), runs).fill(order, run);
        List<String> names = new ArrayList<>(manifest.blocks());
        names.addAll(how.blocks());
        ObjectNode blocks = order.putObject("blocks");
        NeededBlocks.of(names, services.blocks()).found().forEach((name, settings) -> {
            ObjectNode block = blocks.putObject(name).put("type", settings.type());
            settings.fields().forEach(block::put);
        });
        return order;
    }

    private String heartbeat(Context request, RequestBody body) {
        String agent = request.pathParam("agent");
        AgentProtocol spoken = protocol(request);
        services.state()
                .agents()
                .heartbeat(AgentReport.of(agent, body.required("host"), body.texts("queues"), jdks(body))
                        .withVersion(spoken.version())
                        .notServed(spoken.whyNotServed()));
        return agent;
    }

    private static SortedSet<Integer> jdks(RequestBody body) {
        SortedSet<Integer> jdks = new TreeSet<>();
        body.list("jdks").forEach(each -> jdks.add(each.intValue()));
        return jdks;
    }

    private void renew(Context request) {
        RequestBody body = RequestBody.of(request);
        List<RunId> held = body.texts("runs").stream().map(RunId::parse).toList();
        Renewal renewal = renewed(() -> heartbeat(request, body), held);
        ObjectNode answer = ApiJson.object();
        answer.set("renewed", ApiJson.texts(renewal.renewed()));
        answer.set("cancelling", ApiJson.texts(renewal.cancelling()));
        answer.set("lost", ApiJson.texts(renewal.lost()));
        answer(request, answer);
    }

    private Renewal renewed(Supplier<String> agent, List<RunId> held) {
        try {
            return services.state().agents().renew(agent.get(), held, LEASE);
        } catch (StoreException away) {
            services.mercy().give(services.clock().instant());
            throw away;
        }
    }

    private void begin(Context request) {
        boolean begin = services.state().runs().begin(RunsApi.id(request), request.pathParam("agent"));
        answer(request, ApiJson.object().put("begin", begin));
    }

    /** {@code {"first": 12, "events": ["{…}", …]}}; answers which event is wanted next. */
    private void events(Context request) {
        RequestBody body = RequestBody.of(request);
        RunId run = RunsApi.id(request);
        services.state().runs().show(run);
        List<RunEvent> events = new ArrayList<>();
        try {
            body.texts("events").forEach(json -> events.add(EventJson.read(json)));
        } catch (IllegalArgumentException noEvent) {
            throw new UnprocessableContentResponse(String.valueOf(noEvent.getMessage()));
        }
        if (events.stream().anyMatch(event -> !event.run().equals(run))) {
            throw new UnprocessableContentResponse("There are events of other runs among them.");
        }
        answer(request, ApiJson.object().put("next", runs.receive(run, body.place("first"), events)));
    }

    /** How the run ended, and what its process wrote that belongs to no task. */
    private void finish(Context request) {
        RequestBody body = RequestBody.of(request);
        RunId run = RunsApi.id(request);
        State state = State.ofWord(body.required("state")).orElseThrow();
        Optional<String> message = body.text("message");
        boolean moved =
                services.state().runs().finish(run, request.pathParam("agent"), body.number("start"), state, message);
        if (moved && runs.run(run).isPresent()) {
            Instant now = services.clock().instant();
            body.texts("output").forEach(line -> runs.accept(new LogLine(run, now, 0, "STDERR", line, false)));
        }
        services.signal().give();
        answer(request, ApiJson.object().put("moved", moved));
    }
}
