package io.dagshell.engine.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.EnumConstants;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ParameterSchema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an answer: the components of the record a flow asks for, as typed as the parameters of a flow. Immutable.
 *
 * <pre>{@code
 * ApprovalForm form = ApprovalForm.of(Choice.class, new Choice("trips", 100_000));
 * ObjectNode values = form.ofTexts(Map.of("table", "trips_2021"));       // chunk as suggested
 * }</pre>
 *
 * @param fields in order
 */
public record ApprovalForm(List<FlowParameter> fields) {
    /** Yes or no. */
    public static final ApprovalForm NONE = new ApprovalForm(List.of());

    public ApprovalForm {
        fields = List.copyOf(fields);
    }

    /**
     * One field for each component of a record.
     *
     * @param suggested what the fields hold at first; empty ones if null
     * @throws ParameterException a component has no form
     */
    public static ApprovalForm of(Class<? extends Record> type, @Nullable Record suggested) {
        List<FlowParameter> fields = new ArrayList<>();
        JsonNode values = suggested == null ? JsonNodeFactory.instance.objectNode() : JsonForm.toJson(suggested, type);
        for (RecordComponent component : type.getRecordComponents()) {
            Optional<String> value =
                    Optional.ofNullable(values.get(component.getName())).map(JsonForm::canonical);
            fields.add(new FlowParameter(
                    component.getName(),
                    component.getGenericType().getTypeName(),
                    Optional.empty(),
                    value,
                    EnumConstants.of(component.getGenericType())));
        }
        return new ApprovalForm(fields);
    }

    /** Whether there is nothing to fill in. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public ParameterSchema schema() {
        return ParameterSchema.of(fields);
    }

    /**
     * All values as canonical JSON, from texts; what is left out is as suggested.
     *
     * @throws ParameterException unknown, missing or malformed; the message names the field
     */
    public ObjectNode ofTexts(Map<String, String> texts) {
        return schema().ofTexts(texts);
    }

    /**
     * All values as canonical JSON, from JSON.
     *
     * @throws ParameterException unknown, missing or malformed; the message names the field
     */
    public ObjectNode ofJson(ObjectNode values) {
        return schema().ofJson(values);
    }

    /** JSON Schema (2020-12) of the object that {@link #ofJson} takes. */
    public ObjectNode jsonSchema() {
        return schema().jsonSchema();
    }

    /** As events and the store keep it. */
    public String toJson() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (FlowParameter field : fields) {
            ObjectNode one = array.addObject().put("name", field.name()).put("type", field.type());
            field.defaultJson().ifPresent(json -> one.put("suggested", json));
            if (!field.choices().isEmpty()) {
                field.choices().forEach(one.putArray("choices")::add);
            }
        }
        return array.toString();
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException it is something else
     */
    public static ApprovalForm parse(String json) {
        JsonNode array = JsonForm.parse(json)
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new IllegalArgumentException("not the form of an approval: " + json));
        List<FlowParameter> fields = new ArrayList<>();
        for (JsonNode one : array) {
            List<String> choices = new ArrayList<>();
            one.path("choices").forEach(each -> choices.add(each.asText()));
            fields.add(new FlowParameter(
                    one.path("name").asText(),
                    one.path("type").asText(),
                    Optional.empty(),
                    Optional.ofNullable(one.get("suggested")).map(JsonNode::asText),
                    choices));
        }
        return new ApprovalForm(fields);
    }
}
