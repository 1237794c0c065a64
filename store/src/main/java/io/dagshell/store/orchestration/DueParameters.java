package io.dagshell.store.orchestration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ScheduledText;
import java.time.Instant;
import java.time.ZoneId;

/** Port: makes the parameters of a scheduled run. Thread-safe. */
public interface DueParameters {
    /**
     * Canonical JSON of what the run is given.
     *
     * @throws ParameterException it cannot be made; the due instant is skipped for that reason
     */
    String of(DeploymentVersion version, ScheduleSpec schedule, Instant due);

    /** The deployment's parameters with the schedule's over them, and their texts filled with the due instant. */
    static DueParameters filled() {
        return (version, schedule, due) -> {
            ObjectNode all = object(version.parametersJson());
            all.setAll(object(schedule.parametersJson()));
            all.properties()
                    .forEach(each -> each.setValue(
                            fill(each.getValue(), due, schedule.timing().zone())));
            return all.toString();
        };
    }

    private static ObjectNode object(String json) {
        try {
            if (Columns.JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException noJson) {
            throw new ParameterException("the parameters are no JSON: " + noJson.getOriginalMessage());
        }
        throw new ParameterException("the parameters are no JSON object: " + json);
    }

    private static JsonNode fill(JsonNode value, Instant due, ZoneId zone) {
        return value.isTextual() ? TextNode.valueOf(ScheduledText.resolve(value.asText(), due, zone)) : value;
    }
}
