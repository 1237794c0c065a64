package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ParameterSchema;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.FlowRun;
import io.dagshell.store.orchestration.NewRun;
import io.dagshell.store.orchestration.Orchestration;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plans runs that people and programs ask for. Thread-safe. */
public final class Ordering {
    private final Orchestration state;
    private final Manifests manifests;
    private final Clock clock;
    private final WorkSignal signal;

    Ordering(Orchestration state, Manifests manifests, Clock clock, WorkSignal signal) {
        this.state = state;
        this.manifests = manifests;
        this.clock = clock;
        this.signal = signal;
    }

    /**
     * What is asked for.
     *
     * @param values JSON of parameters
     * @param texts parameters as people type them; they go before {@code values}
     * @param due when it shall start; now if empty
     * @param queue another queue than the deployment's
     * @param idempotencyKey a second request of the same key gets the first one's run
     * @param createdBy who asks
     */
    public record Request(
            DeploymentName deployment,
            ObjectNode values,
            Map<String, String> texts,
            Optional<Instant> due,
            Optional<String> queue,
            Optional<String> idempotencyKey,
            String createdBy) {
        public Request {
            texts = Map.copyOf(texts);
        }

        /** Now, with the deployment's parameters. */
        public static Request of(DeploymentName deployment, String createdBy) {
            return new Request(
                    deployment,
                    JsonNodeFactory.instance.objectNode(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    createdBy);
        }

        public Request withTexts(Map<String, String> others) {
            return new Request(deployment, values, others, due, queue, idempotencyKey, createdBy);
        }

        public Request withValues(ObjectNode others) {
            return new Request(deployment, others, texts, due, queue, idempotencyKey, createdBy);
        }
    }

    /**
     * Plans the run.
     *
     * @throws ParameterException a parameter is unknown, missing or malformed
     * @throws io.dagshell.store.orchestration.RefusedException there is no such deployment
     */
    public FlowRun order(Request request) {
        Deployment deployment = state.deployments().show(request.deployment());
        FlowManifest manifest = manifests.of(deployment.current());
        Instant due = request.due().orElseGet(clock::instant);
        ObjectNode given = TypedParameters.object(deployment.current().parametersJson());
        given.setAll(request.values());
        given.setAll(typed(manifest, request.texts()));
        String parameters = TypedParameters.fill(manifest, given, due, ZoneId.of(manifest.zone()))
                .toString();
        NewRun order = NewRun.of(request.deployment(), parameters, clock.instant(), request.createdBy())
                .withDue(due);
        order = request.queue().map(order::withQueue).orElse(order);
        FlowRun run = state.runs()
                .create(request.idempotencyKey().map(order::withIdempotencyKey).orElse(order));
        signal.give();
        return run;
    }

    static ObjectNode typed(FlowManifest manifest, Map<String, String> texts) {
        ParameterSchema schema = ParameterSchema.of(manifest.parameters());
        ObjectNode values = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        texts.forEach((name, text) ->
                values.set(name, TypedParameters.isOpen(text) ? TextNode.valueOf(text) : schema.read(name, text)));
        return values;
    }

    /** Plans the same again, all of it. */
    public FlowRun retry(io.dagshell.engine.model.RunId run, String createdBy) {
        FlowRun again = state.runs().retry(run, createdBy);
        signal.give();
        return again;
    }

    /**
     * Plans the same again, without the tasks it finished but for this one and those that get what it returns.
     *
     * @throws ParameterException the flow has no such task
     */
    public FlowRun resumeFrom(io.dagshell.engine.model.RunId run, String task, String createdBy) {
        FlowRun former = state.runs().show(run);
        FlowManifest manifest =
                manifests.of(former.plan().deployment(), former.plan().version());
        TaskName from = manifest.tasks().stream()
                .map(each -> each.definition().name())
                .filter(name -> name.value().equals(task))
                .findFirst()
                .orElseThrow(() -> new ParameterException("flow " + manifest.flow() + " has no task '" + task
                        + "'; it has "
                        + manifest.tasks().stream()
                                .map(each -> each.definition().name().value())
                                .sorted()
                                .collect(Collectors.joining(", "))));
        FlowRun again = state.runs().resumeFrom(run, from, createdBy);
        signal.give();
        return again;
    }

    /** Plans the same again, without the tasks it finished. */
    public FlowRun resume(io.dagshell.engine.model.RunId run, String createdBy) {
        FlowRun again = state.runs().resume(run, createdBy);
        signal.give();
        return again;
    }
}
