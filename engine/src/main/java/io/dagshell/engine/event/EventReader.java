package io.dagshell.engine.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.event.RunEvent.ApprovalAnswered;
import io.dagshell.engine.event.RunEvent.ApprovalAsked;
import io.dagshell.engine.event.RunEvent.ArtifactRecorded;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The other half of {@link EventJson}. Stateless. */
final class EventReader {
    private EventReader() {}

    static RunEvent read(JsonNode node) {
        try {
            return read(node, RunId.parse(text(node, "run")), Instant.parse(text(node, "at")));
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("an event has no time: " + noTime.getMessage(), noTime);
        }
    }

    private static RunEvent read(JsonNode node, RunId run, Instant at) {
        String event = text(node, "event");
        return switch (event) {
            case "RunStarted" -> started(node, run, at);
            case "TaskCreated" -> created(node, run, at);
            case "TaskStateChanged" ->
                new TaskStateChanged(
                        run, at, ordinal(node), state(node), number(node, "attempt"), optional(node, "message"));
            case "CacheConsulted" -> consulted(node, run, at);
            case "KeyRecorded" ->
                new KeyRecorded(run, at, ordinal(node), new TaskName(text(node, "task")), parts(node));
            case "LogLine" ->
                new LogLine(
                        run,
                        at,
                        ordinal(node),
                        text(node, "level"),
                        text(node, "text"),
                        field(node, "cached").asBoolean());
            case "Progressed" ->
                new Progressed(run, at, ordinal(node), field(node, "done").asLong(), total(node), text(node, "unit"));
            case "ArtifactRecorded" ->
                new ArtifactRecorded(run, at, ordinal(node), text(node, "name"), text(node, "kind"), content(node));
            case "ResultDescribed" -> new ResultDescribed(run, at, ordinal(node), text(node, "summary"));
            case "TaskFailed" -> failed(node, run, at);
            case "ApprovalAsked" ->
                new ApprovalAsked(
                        run,
                        at,
                        ordinal(node),
                        new CallPath(text(node, "place")),
                        text(node, "question"),
                        text(node, "form"),
                        optional(node, "until").map(Instant::parse));
            case "ApprovalAnswered" ->
                new ApprovalAnswered(
                        run,
                        at,
                        ordinal(node),
                        new CallPath(text(node, "place")),
                        text(node, "question"),
                        field(node, "approved").asBoolean(),
                        text(node, "values"),
                        text(node, "by"),
                        text(node, "reason"));
            case "RunFinished" -> new RunFinished(run, at, state(node), optional(node, "message"));
            default -> throw new IllegalArgumentException("there is no event '" + event + "'");
        };
    }

    private static RunEvent started(JsonNode node, RunId run, Instant at) {
        return new RunStarted(
                run,
                at,
                new TaskName(text(node, "flow")),
                Kind.valueOf(text(node, "kind")),
                text(node, "title"),
                text(node, "parameters"),
                text(node, "origin"),
                text(node, "source"),
                optional(node, "resumes").map(RunId::parse));
    }

    private static RunEvent created(JsonNode node, RunId run, Instant at) {
        List<Integer> upstream = new ArrayList<>();
        field(node, "upstream").forEach(each -> upstream.add(each.asInt()));
        OptionalInt parent = node.has("parent") ? OptionalInt.of(number(node, "parent")) : OptionalInt.empty();
        return new TaskCreated(
                run,
                at,
                ordinal(node),
                new TaskName(text(node, "task")),
                Kind.valueOf(text(node, "kind")),
                new CallPath(text(node, "path")),
                parent,
                upstream);
    }

    private static RunEvent consulted(JsonNode node, RunId run, Instant at) {
        return new CacheConsulted(
                run,
                at,
                ordinal(node),
                CacheOutcome.valueOf(text(node, "outcome")),
                text(node, "reason"),
                optional(node, "key"),
                optional(node, "age").map(Duration::parse),
                optional(node, "saved").map(Duration::parse));
    }

    private static List<KeyPart> parts(JsonNode node) {
        List<KeyPart> parts = new ArrayList<>();
        for (JsonNode one : field(node, "parts")) {
            OptionalInt cell = one.has("cell") ? OptionalInt.of(number(one, "cell")) : OptionalInt.empty();
            parts.add(new KeyPart(
                    text(one, "kind"), text(one, "name"), text(one, "digest"), optional(one, "shown"), cell));
        }
        return parts;
    }

    private static RunEvent failed(JsonNode node, RunId run, Instant at) {
        return new TaskFailed(
                run,
                at,
                ordinal(node),
                text(node, "exception"),
                text(node, "message"),
                FailureKind.valueOf(text(node, "failure")),
                text(node, "location"),
                text(node, "trace"));
    }

    private static OptionalLong total(JsonNode node) {
        return node.has("total") ? OptionalLong.of(field(node, "total").asLong()) : OptionalLong.empty();
    }

    private static MimeBundle content(JsonNode node) {
        Map<String, String> content = new LinkedHashMap<>();
        field(node, "content")
                .properties()
                .forEach(each -> content.put(each.getKey(), each.getValue().asText()));
        return new MimeBundle(content);
    }

    private static State state(JsonNode node) {
        return State.valueOf(text(node, "state"));
    }

    private static int ordinal(JsonNode node) {
        return number(node, "ordinal");
    }

    private static int number(JsonNode node, String name) {
        return field(node, name).asInt();
    }

    private static String text(JsonNode node, String name) {
        return field(node, name).asText();
    }

    private static Optional<String> optional(JsonNode node, String name) {
        return node.has(name) ? Optional.of(text(node, name)) : Optional.empty();
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("an event has no '" + name + "'");
        }
        return value;
    }
}
