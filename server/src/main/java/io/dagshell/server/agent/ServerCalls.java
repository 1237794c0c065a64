package io.dagshell.server.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.server.client.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an agent asks the server and tells it. Thread-safe. */
final class ServerCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAIT_SECONDS = 20;

    /**
     * A connection may be dead though nobody said so: a lease of 15 s must outlive one request that is never answered,
     * and the next.
     */
    private static final Duration RENEWAL = Duration.ofSeconds(3);

    private static final Duration TELLING = Duration.ofSeconds(12);
    private static final Duration POLL = Duration.ofSeconds(WAIT_SECONDS + 5);
    private final ApiClient server;
    private final AgentSettings settings;
    private final String host;

    /** Whether the server, as it was when it was last asked for work, is one whose runs are taken. */
    private volatile boolean greeted;

    ServerCalls(ApiClient server, AgentSettings settings, String host) {
        this.server = server;
        this.settings = settings;
        this.host = host;
    }

    /**
     * Runs that are now this agent's; waits for the first. None are asked for before it is known that the server speaks as
     * this agent needs it.
     *
     * @throws OlderServerException it does not. What it handed out all the same it gives to another, for nobody begins it
     */
    List<Order> poll(int most, boolean wait) throws IOException {
        try {
            if (!greeted) {
                ask(0, 0, TELLING);
                greeted = true;
            }
            List<Order> orders = new ArrayList<>();
            ask(most, wait ? WAIT_SECONDS : 0, wait ? POLL : TELLING)
                    .path("runs")
                    .forEach(told -> orders.add(Order.of(told, settings.name())));
            return orders;
        } catch (IOException away) {
            // Another may be there when it answers again.
            greeted = false;
            throw away;
        }
    }

    private JsonNode ask(int most, int seconds, Duration patience) throws IOException {
        ObjectNode body = about().put("most", most).put("wait", seconds);
        ApiClient.AgentAnswer answer = server.postAsAgent(path("/poll"), body, patience);
        Optional<String> why = answer.server().whyNotAsked(server.url().toString());
        if (why.isPresent()) {
            throw new OlderServerException(why.get());
        }
        return answer.json();
    }

    /** Asks for nothing, which ends an earlier request that still waits. */
    void stopPolling() throws IOException {
        server.postAsAgent(path("/poll"), about().put("most", 0).put("wait", 0), RENEWAL);
    }

    /** What the server says of runs that are this agent's. */
    record Renewal(Set<RunId> cancelling, Set<RunId> lost) {}

    Renewal renew(Collection<RunId> held) throws IOException {
        ObjectNode body = about();
        ArrayNode runs = body.putArray("runs");
        held.forEach(run -> runs.add(run.toString()));
        JsonNode answer = server.postAsAgent(path("/renew"), body, RENEWAL).json();
        return new Renewal(runs(answer.path("cancelling")), runs(answer.path("lost")));
    }

    private static Set<RunId> runs(JsonNode texts) {
        Set<RunId> runs = new HashSet<>();
        texts.forEach(text -> runs.add(RunId.parse(text.asText())));
        return runs;
    }

    /** Whether the run is still this agent's, and its process may begin. */
    boolean begin(RunId run) throws IOException {
        return server.postAsAgent(path("/runs/" + run + "/begin"), JSON.createObjectNode(), TELLING)
                .json()
                .path("begin")
                .asBoolean();
    }

    /** Answers which event is wanted next. */
    long events(RunId run, long first, List<String> events) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("first", first);
        events.forEach(body.putArray("events")::add);
        return server.postAsAgent(path("/runs/" + run + "/events"), body, TELLING)
                .json()
                .path("next")
                .asLong(first + events.size());
    }

    void finish(Order order, State state, Optional<String> message, List<String> output) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("state", state.word());
        if (order.start() > 0) {
            // A server that did not count refuses the number, and with it the end.
            body.put("start", order.start());
        }
        message.ifPresent(text -> body.put("message", text));
        output.forEach(body.putArray("output")::add);
        server.postAsAgent(path("/runs/" + order.run() + "/finish"), body, TELLING);
    }

    private ObjectNode about() {
        ObjectNode body = JSON.createObjectNode().put("host", host);
        settings.queues().forEach(body.putArray("queues")::add);
        settings.javas().keySet().forEach(body.putArray("jdks")::add);
        return body;
    }

    private String path(String rest) {
        return "/api/agents/" + ApiClient.segment(settings.name()) + rest;
    }
}
