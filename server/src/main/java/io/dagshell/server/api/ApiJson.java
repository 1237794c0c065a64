package io.dagshell.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.approval.ApprovalForm;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.model.State;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterSchema;
import io.dagshell.engine.parameter.RetryDelayText;
import io.dagshell.store.PlacedLog;
import io.dagshell.store.RunRecord;
import io.dagshell.store.TaskRunRecord;
import io.dagshell.store.orchestration.Agent;
import io.dagshell.store.orchestration.AskedApproval;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentVersion;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.ListedRun;
import io.dagshell.store.orchestration.Retrying;
import io.dagshell.store.orchestration.RunLimit;
import io.dagshell.store.orchestration.Schedule;
import io.dagshell.store.orchestration.ScheduleSpec;
import io.dagshell.store.orchestration.Timing;
import io.dagshell.store.orchestration.WorkQueue;
import java.util.Locale;
import java.util.Optional;

/** Values of the store as JSON; names on the wire of answers are written here. Stateless. */
final class ApiJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private ApiJson() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array(Iterable<? extends JsonNode> items) {
        ArrayNode array = NODES.arrayNode();
        items.forEach(array::add);
        return array;
    }

    static ArrayNode texts(Iterable<?> items) {
        ArrayNode array = NODES.arrayNode();
        items.forEach(item -> array.add(item.toString()));
        return array;
    }

    static ObjectNode deployment(Deployment deployment) {
        ObjectNode node = version(deployment.current());
        node.put("name", deployment.name().value());
        node.put("paused", deployment.paused());
        put(node, "pausedReason", deployment.pausedReason());
        node.put("updated", deployment.updatedAt().toString());
        return node;
    }

    static ObjectNode version(DeploymentVersion version) {
        ObjectNode node = object().put("version", version.version());
        node.put("flow", version.flow().value());
        node.put("jdk", version.jdk());
        node.put("queue", version.settings().queue());
        node.put("description", version.settings().description());
        node.set("tags", texts(version.settings().tags()));
        version.settings().concurrency().ifPresent(limit -> node.put("concurrency", limit));
        version.settings().pauseAfterFailures().ifPresent(limit -> node.put("pauseAfterFailures", limit));
        node.put("retries", version.settings().retries());
        node.put("retryDelay", version.settings().retryDelay().toString());
        Retrying retrying = version.settings().retrying();
        node.put("retryDelays", RetryDelayText.of(retrying.rule().delay()));
        node.set("retryWhen", texts(retrying.when()));
        node.set("parameters", json(version.parametersJson()));
        node.put("created", version.createdAt().toString());
        return node;
    }

    static ObjectNode flow(FlowManifest manifest) {
        ObjectNode node = object().put("notebook", manifest.notebook());
        node.set("schema", ParameterSchema.of(manifest.parameters()).jsonSchema());
        node.set("blocks", texts(manifest.blocks()));
        node.put("picture", manifest.picture());
        return node;
    }

    static ObjectNode schedule(Schedule schedule) {
        ObjectNode node = object().put("id", schedule.id().toString());
        node.put("deployment", schedule.deployment().value());
        fill(node, schedule.spec());
        node.put("fromFile", schedule.fromFile());
        schedule.nextDue().ifPresent(due -> node.put("nextDue", due.toString()));
        node.put("ended", schedule.hasEnded());
        return node;
    }

    private static void fill(ObjectNode node, ScheduleSpec spec) {
        timing(node, spec.timing());
        node.set("parameters", json(spec.parametersJson()));
        node.put("active", spec.active());
        node.put("overlap", spec.overlap().name().toLowerCase(Locale.ROOT));
        node.put("catchUp", spec.catchUp().name().toLowerCase(Locale.ROOT));
    }

    static void timing(ObjectNode node, Timing timing) {
        if (timing instanceof Timing.Cron cron) {
            node.put("cron", cron.expression()).put("zone", cron.zone().getId());
        } else if (timing instanceof Timing.Rule rule) {
            node.put("rrule", rule.rule()).put("zone", rule.zone().getId());
            node.put("anchor", rule.anchor().toString());
        } else if (timing instanceof Timing.Interval interval) {
            node.put("every", interval.every().toString())
                    .put("anchor", interval.anchor().toString());
        }
    }

    static ObjectNode run(FlowRun run) {
        ObjectNode node = object().put("run", run.id().toString());
        node.put("deployment", run.plan().deployment().value());
        node.put("version", run.plan().version());
        node.put("flow", run.plan().flow().value());
        node.put("due", run.plan().due().toString());
        node.put("queue", run.plan().queue());
        node.put("jdk", run.plan().jdk());
        node.set("parameters", json(run.plan().parametersJson()));
        FlowRun.Origin origin = run.origin();
        node.put("createdBy", origin.createdBy()).put("attempt", origin.attempt());
        put(node, "schedule", origin.schedule());
        put(node, "retryOf", origin.retryOf());
        put(node, "resumes", origin.resumes());
        put(node, "backfill", origin.backfill());
        node.put("retried", run.tries().retried());
        if (run.status().state() == State.AWAITING_RETRY) {
            put(node, "next", run.status().leaseUntil());
        }
        FlowRun.Status status = run.status();
        node.put("state", status.state().word());
        put(node, "reason", status.reason());
        put(node, "agent", status.agent());
        put(node, "created", Optional.of(status.createdAt()));
        put(node, "started", status.startedAt());
        put(node, "finished", status.finishedAt());
        return node;
    }

    static ObjectNode approval(AskedApproval asked) {
        ObjectNode node = object().put("run", asked.run().toString());
        put(node, "deployment", asked.deployment());
        node.put("place", asked.place().value()).put("question", asked.question());
        node.set("schema", ApprovalForm.parse(asked.form()).jsonSchema());
        node.put("asked", asked.askedAt().toString());
        put(node, "until", asked.until());
        node.put("state", asked.state().name().toLowerCase(Locale.ROOT));
        asked.answer().ifPresent(values -> node.set("values", json(values)));
        put(node, "reason", asked.reason());
        put(node, "by", asked.by());
        put(node, "answered", asked.answeredAt());
        return node;
    }

    static ObjectNode listed(ListedRun run) {
        ObjectNode node = object().put("run", run.id().toString());
        node.put("flow", run.flow().value());
        put(node, "deployment", run.deployment());
        node.put("state", run.state().word());
        node.put("at", run.at().toString());
        put(node, "started", run.startedAt());
        put(node, "finished", run.finishedAt());
        node.set("parameters", json(run.parametersJson()));
        put(node, "reason", run.message());
        return node.put("createdBy", run.madeBy());
    }

    /** A run that no deployment ordered. */
    static ObjectNode run(RunRecord run) {
        ObjectNode node = object().put("run", run.id().toString());
        node.put("flow", run.flow().value()).put("title", run.title());
        node.set("parameters", json(run.parametersJson()));
        node.put("origin", run.origin()).put("source", run.source());
        node.put("state", run.state().word());
        put(node, "reason", run.message());
        node.put("started", run.startedAt().toString());
        put(node, "finished", run.finishedAt());
        put(node, "resumes", run.resumes());
        return node;
    }

    static ObjectNode task(TaskRunRecord task) {
        ObjectNode node = object().put("ordinal", task.call().ordinal());
        node.put("task", task.call().task().value());
        node.put("kind", task.call().kind().name().toLowerCase(Locale.ROOT));
        node.put("path", task.call().path().value());
        task.call().parent().ifPresent(parent -> node.put("parent", parent));
        node.put("state", task.status().state().word());
        node.put("attempt", task.status().attempt());
        put(node, "message", task.status().message());
        put(node, "started", task.status().startedAt());
        put(node, "finished", task.status().finishedAt());
        put(node, "summary", task.summary());
        task.progress().ifPresent(progress -> {
            ObjectNode reported = node.putObject("progress").put("done", progress.done());
            progress.total().ifPresent(total -> reported.put("total", total));
            reported.put("unit", progress.unit());
        });
        task.cache()
                .ifPresent(cache -> node.put("cache", cache.outcome().name().toLowerCase(Locale.ROOT))
                        .put("cacheReason", cache.reason()));
        task.failure()
                .ifPresent(failure -> node.putObject("failure")
                        .put("exception", failure.exception())
                        .put("message", failure.message())
                        .put("location", failure.location())
                        .put("trace", failure.trace()));
        return node;
    }

    static ObjectNode log(PlacedLog log) {
        ObjectNode node = object().put("position", log.position());
        node.put("ordinal", log.line().ordinal());
        node.put("at", log.line().at().toString());
        node.put("level", log.line().level());
        node.put("text", log.line().text());
        return node.put("cached", log.line().cached());
    }

    static ObjectNode queue(WorkQueue queue) {
        ObjectNode node = object().put("name", queue.name()).put("priority", queue.priority());
        queue.concurrency().ifPresent(limit -> node.put("concurrency", limit));
        node.put("paused", queue.paused()).put("waiting", queue.waiting()).put("active", queue.active());
        put(node, "lastPolled", queue.lastPolled());
        return node;
    }

    static ObjectNode limit(RunLimit limit) {
        ObjectNode node = object().put("tag", limit.tag()).put("concurrency", limit.concurrency());
        node.put("active", limit.active()).put("waiting", limit.waiting());
        node.set("deployments", texts(limit.deployments()));
        return node;
    }

    static ObjectNode agent(Agent agent) {
        ObjectNode node = object().put("name", agent.name()).put("host", agent.host());
        node.set("queues", texts(agent.queues()));
        ArrayNode jdks = node.putArray("jdks");
        agent.jdks().forEach(jdks::add);
        node.put("started", agent.startedAt().toString());
        node.put("lastHeartbeat", agent.lastHeartbeat().toString());
        node.put("running", agent.running()).put("alive", agent.alive());
        put(node, "version", agent.version());
        put(node, "notServed", agent.notServed());
        return node;
    }

    static void put(ObjectNode node, String name, Optional<?> value) {
        value.ifPresent(there -> node.put(name, there.toString()));
    }

    static JsonNode json(String text) {
        return JsonForm.parse(text).orElseGet(NODES::nullNode);
    }
}
