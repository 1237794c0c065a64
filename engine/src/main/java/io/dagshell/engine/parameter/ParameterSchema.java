package io.dagshell.engine.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of a flow: what a person types, or a program sends, becomes canonical JSON here, wherever it comes
 * from; {@link JsonForm#toJava} makes Java of it in the process that runs the flow. Needs none of the user's classes.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * ObjectNode arguments = ParameterSchema.of(manifest.parameters()).ofTexts(Map.of("months", "1,2"));
 * Object months = JsonForm.toJava(arguments.get("months"), method.getGenericParameterTypes()[2]);
 * }</pre>
 */
public final class ParameterSchema {
    private final Map<String, FlowParameter> parameters;

    private ParameterSchema(Map<String, FlowParameter> parameters) {
        this.parameters = parameters;
    }

    public static ParameterSchema of(List<FlowParameter> parameters) {
        Map<String, FlowParameter> byName = new LinkedHashMap<>();
        parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
        return new ParameterSchema(byName);
    }

    /**
     * All arguments as canonical JSON, in declaration order, from texts; see {@code docs} on how values may be written.
     *
     * @throws ParameterException unknown, missing or malformed
     */
    public ObjectNode ofTexts(Map<String, String> texts) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        texts.forEach((name, text) -> values.put(name, read(name, text)));
        return complete(values);
    }

    /**
     * All arguments as canonical JSON, in declaration order, from JSON.
     *
     * @throws ParameterException unknown, missing or malformed
     */
    public ObjectNode ofJson(ObjectNode object) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            values.put(field.getKey(), ofJson(field.getKey(), field.getValue()));
        }
        return complete(values);
    }

    /**
     * One value as canonical JSON, from JSON.
     *
     * @throws ParameterException unknown or malformed
     */
    public JsonNode ofJson(String name, JsonNode value) {
        FlowParameter parameter = find(name);
        return Canonical.of(value, shape(parameter)).orElseThrow(() -> misfit(parameter, value.toString()));
    }

    /** One value as canonical JSON. */
    public JsonNode read(String name, String text) {
        FlowParameter parameter = find(name);
        return TextForm.read(text, shape(parameter)).orElseThrow(() -> misfit(parameter, "'" + text + "'"));
    }

    private ObjectNode complete(Map<String, JsonNode> values) {
        ObjectNode all = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        for (FlowParameter parameter : parameters.values()) {
            JsonNode given = values.get(parameter.name());
            all.set(parameter.name(), given == null ? byDefault(parameter) : given);
        }
        return all;
    }

    private static JsonNode byDefault(FlowParameter parameter) {
        if (parameter.defaultJson().isEmpty() && shape(parameter) instanceof TypeShape.Maybe) {
            return JsonNodeFactory.instance.nullNode();
        }
        String text = parameter
                .defaultJson()
                .orElseThrow(() -> new ParameterException(
                        "parameter " + parameter.name() + " (" + type(parameter) + ") is required; give it like "
                                + parameter.name() + "=" + shape(parameter).example()));
        return JsonForm.parse(text)
                .flatMap(json -> Canonical.of(json, shape(parameter)))
                .orElseThrow(() -> misfit(parameter, "its default " + text));
    }

    private FlowParameter find(String name) {
        FlowParameter found = parameters.get(name);
        if (found != null) {
            return found;
        }
        if (parameters.isEmpty()) {
            throw new ParameterException("there is no parameter " + name + "; the flow has none");
        }
        String suggestion = parameters.keySet().stream()
                .filter(other -> Distance.between(name, other) <= Math.max(1, other.length() / 3))
                .min(Comparator.comparingInt(other -> Distance.between(name, other)))
                .map(other -> ", did you mean " + other + "?")
                .orElse("");
        throw new ParameterException("there is no parameter " + name + suggestion + "; there are "
                + parameters.values().stream()
                        .map(parameter -> parameter.name() + " (" + type(parameter) + ")")
                        .collect(Collectors.joining(", ")));
    }

    private static ParameterException misfit(FlowParameter parameter, String given) {
        TypeShape shape = shape(parameter);
        return new ParameterException("parameter " + parameter.name() + " (" + type(parameter) + "): " + given
                + " is not " + shape.words() + "; write it like " + parameter.name() + "=" + shape.example());
    }

    private static TypeShape shape(FlowParameter parameter) {
        return TypeShape.of(parameter.type(), parameter.choices());
    }

    /** The type as people write it: {@code List<Integer>}. */
    private static String type(FlowParameter parameter) {
        return parameter.type().replaceAll("[\\p{L}\\p{N}_$]+[.$]", "");
    }

    /** JSON Schema (2020-12) of the object that {@link #ofJson} takes. */
    public ObjectNode jsonSchema() {
        ObjectNode schema = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        parameters.values().forEach(parameter -> properties.set(parameter.name(), property(parameter)));
        List<FlowParameter> required = parameters.values().stream()
                .filter(parameter ->
                        parameter.defaultJson().isEmpty() && !(shape(parameter) instanceof TypeShape.Maybe))
                .toList();
        if (!required.isEmpty()) {
            var names = schema.putArray("required");
            required.forEach(parameter -> names.add(parameter.name()));
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode property(FlowParameter parameter) {
        ObjectNode property = SchemaForm.of(shape(parameter));
        parameter.description().ifPresent(text -> property.put("description", text));
        Optional<JsonNode> value = parameter.defaultJson().flatMap(JsonForm::parse);
        value.ifPresent(json -> property.set("default", json));
        return property;
    }
}
