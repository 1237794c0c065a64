package io.dagshell.engine.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.event.RunEvent.ApprovalAnswered;
import io.dagshell.engine.event.RunEvent.ApprovalAsked;
import io.dagshell.engine.event.RunEvent.ArtifactRecorded;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.engine.model.KeyPart;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An event as one line of JSON, on the wire and in the outbox of a run. Names are written here and in {@link EventReader}
 * and nowhere else. Stateless and thread-safe.
 */
public final class EventJson {
    private static final JsonTree JSON = JsonTree.PLAIN;

    private EventJson() {}

    /** The event's JSON object, without line breaks. */
    public static String write(RunEvent event) {
        ObjectNode node = JSON.object();
        node.put("event", event.getClass().getSimpleName());
        node.put("run", event.run().toString());
        node.put("at", event.at().toString());
        fill(node, event);
        return JSON.text(node);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException it is something else
     */
    public static RunEvent read(String json) {
        try {
            return EventReader.read(JSON.read(json));
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException("an event is no JSON: " + noJson.getOriginalMessage(), noJson);
        }
    }

    private static void fill(ObjectNode node, RunEvent event) {
        if (event instanceof LogLine line) {
            ordinal(node, line.ordinal()).put("level", line.level()).put("text", line.text());
            node.put("cached", line.cached());
        } else if (event instanceof Progressed progress) {
            ordinal(node, progress.ordinal()).put("done", progress.done()).put("unit", progress.unit());
            put(node, "total", progress.total());
        } else if (event instanceof TaskStateChanged changed) {
            ordinal(node, changed.ordinal()).put("state", changed.state().name());
            put(node.put("attempt", changed.attempt()), "message", changed.message());
        } else if (event instanceof TaskCreated created) {
            fill(node, created);
        } else if (event instanceof CacheConsulted consulted) {
            fill(node, consulted);
        } else if (event instanceof KeyRecorded keyed) {
            fill(node, keyed);
        } else if (event instanceof ResultDescribed described) {
            ordinal(node, described.ordinal()).put("summary", described.summary());
        } else if (event instanceof ArtifactRecorded artifact) {
            ordinal(node, artifact.ordinal()).put("name", artifact.name()).put("kind", artifact.kind());
            artifact.content().content().forEach(node.putObject("content")::put);
        } else if (event instanceof TaskFailed failed) {
            fill(node, failed);
        } else if (event instanceof RunStarted started) {
            fill(node, started);
        } else if (event instanceof ApprovalAsked asked) {
            ordinal(node, asked.ordinal()).put("place", asked.place().value());
            put(node.put("question", asked.question()).put("form", asked.form()), "until", asked.until());
        } else if (event instanceof ApprovalAnswered answered) {
            ordinal(node, answered.ordinal()).put("place", answered.place().value());
            node.put("question", answered.question()).put("approved", answered.approved());
            node.put("values", answered.values()).put("by", answered.by()).put("reason", answered.reason());
        } else if (event instanceof RunFinished finished) {
            put(node.put("state", finished.state().name()), "message", finished.message());
        }
    }

    private static void fill(ObjectNode node, RunStarted started) {
        node.put("flow", started.flow().value());
        node.put("kind", started.kind().name());
        node.put("title", started.title());
        node.put("parameters", started.parametersJson());
        node.put("origin", started.origin());
        node.put("source", started.source());
        put(node, "resumes", started.resumes());
    }

    private static void fill(ObjectNode node, TaskCreated created) {
        ordinal(node, created.ordinal()).put("task", created.task().value());
        node.put("kind", created.kind().name());
        node.put("path", created.path().value());
        put(node, "parent", created.parent());
        created.upstream().forEach(node.putArray("upstream")::add);
    }

    private static void fill(ObjectNode node, CacheConsulted consulted) {
        ordinal(node, consulted.ordinal()).put("outcome", consulted.outcome().name());
        node.put("reason", consulted.reason());
        put(node, "key", consulted.key());
        put(node, "age", consulted.age());
        put(node, "saved", consulted.saved());
    }

    private static void fill(ObjectNode node, KeyRecorded keyed) {
        ordinal(node, keyed.ordinal()).put("task", keyed.task().value());
        ArrayNode parts = node.putArray("parts");
        for (KeyPart part : keyed.parts()) {
            ObjectNode one = parts.addObject().put("kind", part.kind()).put("name", part.name());
            put(one.put("digest", part.digest()), "shown", part.shown());
            put(one, "cell", part.cell());
        }
    }

    private static void fill(ObjectNode node, TaskFailed failed) {
        ordinal(node, failed.ordinal()).put("exception", failed.exception());
        node.put("message", failed.message());
        node.put("failure", failed.failure().name());
        node.put("location", failed.location());
        node.put("trace", failed.trace());
    }

    private static ObjectNode ordinal(ObjectNode node, int ordinal) {
        return node.put("ordinal", ordinal);
    }

    private static void put(ObjectNode node, String name, Optional<?> value) {
        value.ifPresent(there -> node.put(name, there.toString()));
    }

    private static void put(ObjectNode node, String name, OptionalInt value) {
        value.ifPresent(there -> node.put(name, there));
    }

    private static void put(ObjectNode node, String name, OptionalLong value) {
        value.ifPresent(there -> node.put(name, there));
    }
}
