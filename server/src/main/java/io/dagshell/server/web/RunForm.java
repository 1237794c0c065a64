package io.dagshell.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.approval.ApprovalForm;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterSchema;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.server.deploy.Manifests;
import io.dagshell.store.orchestration.DeploymentVersion;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A form made of a flow's Java signature. */
public record RunForm(List<Input> inputs) {
    /** Before the name of a parameter in the names of fields. */
    static final String PREFIX = "p-";

    public RunForm {
        inputs = List.copyOf(inputs);
    }

    /** How a parameter is typed. */
    public enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        DATE,
        LIST,
        JSON
    }

    /**
     * A parameter.
     *
     * @param type as people write it in Java
     * @param values one, or those of a list
     */
    public record Input(
            String name, String type, Kind kind, String description, List<String> values, boolean required) {
        public Input {
            values = List.copyOf(values);
        }

        public String value() {
            return values.isEmpty() ? "" : values.get(0);
        }

        public boolean on() {
            return value().equals("true");
        }

        public String field() {
            return PREFIX + name;
        }
    }

    /** The parameters of a version's flow with the version's values; none if its files cannot be read. */
    static RunForm of(DeploymentVersion version, Manifests manifests) {
        return of(version, manifests, "{}");
    }

    /** The same with other values over the version's; none if its files cannot be read. */
    static RunForm of(DeploymentVersion version, Manifests manifests, String overJson) {
        ObjectNode values = object(version.parametersJson());
        values.setAll(object(overJson));
        try {
            return of(manifests.of(version), values);
        } catch (InvalidDeploymentException unreadable) {
            return new RunForm(List.of());
        }
    }

    static ObjectNode object(String json) {
        return JsonForm.parse(json)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** Whether the form shows this as the value of a parameter. */
    boolean shows(String name, String text) {
        return inputs.stream()
                .filter(input -> input.name().equals(name))
                .anyMatch(input ->
                        same(input.kind(), input.kind() == Kind.LIST ? array(input.values()) : input.value(), text));
    }

    /** @param values JSON of the deployment's parameters, which go before the flow's defaults */
    static RunForm of(FlowManifest manifest, ObjectNode values) {
        return of(
                manifest.parameters(), ParameterSchema.of(manifest.parameters()).jsonSchema(), values);
    }

    /** The fields of an answer to what a flow asks. */
    static RunForm of(ApprovalForm form) {
        return of(form.fields(), form.jsonSchema(), JsonNodeFactory.instance.objectNode());
    }

    private static RunForm of(List<FlowParameter> parameters, ObjectNode schema, ObjectNode values) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        List<Input> inputs = new ArrayList<>();
        for (FlowParameter parameter : parameters) {
            JsonNode property = schema.path("properties").path(parameter.name());
            JsonNode value = values.has(parameter.name()) ? values.get(parameter.name()) : property.path("default");
            Kind kind = value.isTextual() && value.asText().contains("${") ? Kind.TEXT : kind(property);
            inputs.add(new Input(
                    parameter.name(),
                    parameter.type().replaceAll("[\\p{L}\\p{N}_$]+[.$]", ""),
                    kind,
                    parameter.description().orElseGet(() -> choices(property)),
                    texts(value, kind),
                    required.contains(parameter.name()) && value.isMissingNode()));
        }
        return new RunForm(inputs);
    }

    private static String choices(JsonNode property) {
        List<String> constants = new ArrayList<>();
        property.path("enum").forEach(each -> constants.add(each.asText()));
        return constants.isEmpty() ? "" : "one of " + String.join(", ", constants);
    }

    private static Kind kind(JsonNode property) {
        if (property.has("enum")) {
            return Kind.TEXT;
        }
        String format = property.path("format").asText();
        return switch (property.path("type").asText()) {
            case "boolean" -> Kind.TRUTH;
            case "integer", "number" -> Kind.NUMBER;
            case "string" -> format.equals("date") ? Kind.DATE : Kind.TEXT;
            case "array" -> isWord(property.path("items")) ? Kind.LIST : Kind.JSON;
            default -> property.has("anyOf") && isWord(property.path("anyOf").path(0)) ? Kind.TEXT : Kind.JSON;
        };
    }

    private static boolean isWord(JsonNode property) {
        return List.of("string", "integer", "number")
                .contains(property.path("type").asText());
    }

    private static List<String> texts(JsonNode value, Kind kind) {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (kind == Kind.LIST && value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(each -> texts.add(each.asText()));
            return texts;
        }
        return List.of(value.isValueNode() && kind != Kind.JSON ? value.asText() : JsonForm.canonical(value));
    }

    /** What was typed, as texts of parameters; a field that was left empty and may be is left out. */
    Map<String, String> typed(Context request) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Input input : inputs) {
            List<String> given = request.formParams(input.field());
            switch (input.kind()) {
                case TRUTH -> texts.put(input.name(), String.valueOf(given.contains("true")));
                case LIST -> texts.put(input.name(), array(given));
                case TEXT -> given.stream().findFirst().ifPresent(text -> texts.put(input.name(), text));
                case NUMBER, DATE, JSON ->
                    given.stream()
                            .filter(text -> !text.isBlank())
                            .findFirst()
                            .ifPresent(text -> texts.put(input.name(), text));
            }
        }
        return texts;
    }

    /** What was typed that differs from what the form showed; an empty one was emptied, and gets the flow's default. */
    Map<String, Optional<String>> changes(Context request) {
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        Map<String, String> typed = typed(request);
        for (Input input : inputs) {
            String before = input.kind() == Kind.LIST ? array(input.values()) : input.value();
            String after = typed.getOrDefault(input.name(), "");
            boolean untouched =
                    input.values().isEmpty() && List.of("", "[]", "false").contains(after);
            if (untouched || same(input.kind(), before, after)) {
                continue;
            }
            boolean emptied = after.isEmpty() && !input.type().equals("String");
            changes.put(input.name(), emptied ? Optional.empty() : Optional.of(after));
        }
        return changes;
    }

    /** Browsers send lines with carriage returns. */
    private static boolean same(Kind kind, String before, String after) {
        return kind == Kind.TRUTH
                ? before.equals("true") == after.equals("true")
                : before.replace("\r\n", "\n").equals(after.replace("\r\n", "\n"));
    }

    private static String array(List<String> given) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        given.stream().filter(text -> !text.isBlank()).forEach(array::add);
        return array.toString();
    }

    private static List<String> given(Input input, List<String> given) {
        return input.kind() == Kind.TRUTH ? List.of(String.valueOf(given.contains("true"))) : given;
    }

    /** The same form with what was typed in it. */
    RunForm filled(Context request) {
        return new RunForm(inputs.stream()
                .map(input -> new Input(
                        input.name(),
                        input.type(),
                        input.kind(),
                        input.description(),
                        given(input, request.formParams(input.field())),
                        input.required()))
                .toList());
    }
}
