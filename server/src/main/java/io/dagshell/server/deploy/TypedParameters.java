package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ParameterSchema;
import io.dagshell.engine.parameter.ScheduledText;
import io.dagshell.store.orchestration.DeploymentVersion;
import io.dagshell.store.orchestration.DueParameters;
import io.dagshell.store.orchestration.ScheduleSpec;
import java.time.Instant;
import java.time.ZoneId;

/** Parameters of runs as the flow's schema wants them, places such as {@code ${scheduled.month}} filled. Thread-safe. */
public final class TypedParameters implements DueParameters {
    private final Manifests manifests;

    TypedParameters(Manifests manifests) {
        this.manifests = manifests;
    }

    @Override
    public String of(DeploymentVersion version, ScheduleSpec schedule, Instant due) {
        ObjectNode all = object(version.parametersJson());
        all.setAll(object(schedule.parametersJson()));
        FlowManifest manifest = manifests.of(version);
        return fill(manifest, all, due, schedule.timing().zone()).toString();
    }

    /**
     * All parameters of the flow.
     *
     * @param given values, of which texts may have places to fill
     * @throws ParameterException unknown, missing or malformed
     */
    static ObjectNode fill(FlowManifest manifest, ObjectNode given, Instant due, ZoneId zone) {
        ParameterSchema schema = ParameterSchema.of(manifest.parameters());
        ObjectNode filled = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        given.properties().forEach(each -> {
            JsonNode value = each.getValue();
            filled.set(
                    each.getKey(),
                    isOpen(value)
                            ? schema.read(each.getKey(), ScheduledText.resolve(value.asText(), due, zone))
                            : value);
        });
        return schema.ofJson(filled);
    }

    private static boolean isOpen(JsonNode value) {
        return value.isTextual() && isOpen(value.textValue());
    }

    /** Whether it has a place to fill, or one that is written out. */
    static boolean isOpen(String text) {
        return text.contains("${");
    }

    /** What a version or an order keeps. */
    static ObjectNode object(String json) {
        return JsonForm.parse(json)
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> new ParameterException("the parameters are no JSON object: " + json));
    }
}
