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

    /** What is sent for no value, where that is one. */
    private static final String NONE = "null";

    public RunForm {
        inputs = List.copyOf(inputs);
    }

    /** How a parameter is typed. */
    public enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        /** One of a few, such as the constants of an enum. */
        CHOICE,
        DATE,
        LIST,
        JSON
    }

    /**
     * A parameter.
     *
     * @param type as people write it in Java
     * @param values one, or those of a list
     * @param required whether it must be given a value
     * @param choices of which the value, or each of a list, is one; empty for any
     * @param maybe whether it may be null
     */
    public record Input(
            String name,
            String type,
            Kind kind,
            String description,
            List<String> values,
            boolean required,
            List<String> choices,
            boolean maybe) {
        public Input {
            values = List.copyOf(values);
            choices = List.copyOf(choices);
        }

        private Input with(List<String> typed) {
            return new Input(name, type, kind, description, typed, required, choices, maybe);
        }

        private Input withoutNone() {
            return new Input(name, type, kind, description, values, required, choices, false);
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

        /**
         * What one chooses from.
         *
         * @param open whether nothing need be chosen here, since something else gives the value then
         */
        public List<Option> options(boolean open) {
            List<Option> options = new ArrayList<>();
            if (open || (required && !maybe)) {
                options.add(new Option("", open ? "default" : "choose one", value().isEmpty()));
            }
            if (maybe) {
                options.add(new Option(NONE, "none", isNone(value()) && (!open || !value().isEmpty())));
            }
            options.addAll(items(value()));
            return List.copyOf(options);
        }

        /** The constants; a value that is none of them, as one may be that was sent, is kept beside them. */
        public List<Option> items(String value) {
            List<Option> options = new ArrayList<>();
            if (!value.isEmpty() && !choices.contains(value) && !(maybe && isNone(value))) {
                options.add(new Option(value, value, true));
            }
            choices.forEach(each -> options.add(new Option(each, each, each.equals(value))));
            return options;
        }

        private static boolean isNone(String value) {
            return value.isEmpty() || value.equals(NONE);
        }
    }

    /** One of what a person chooses from. */
    public record Option(String value, String words, boolean chosen) {}

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

    /** The same for {@code deployment.yaml}, in which null is the flow's default and nothing else. */
    RunForm withoutNone() {
        return new RunForm(inputs.stream().map(Input::withoutNone).toList());
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
                    parameter.description().orElse(""),
                    texts(value, kind),
                    required.contains(parameter.name()) && value.isMissingNode(),
                    choices(property),
                    property.has("anyOf")));
        }
        return new RunForm(inputs);
    }

    /** Of the value itself, of the items of a list, or of what may be null. */
    private static List<String> choices(JsonNode property) {
        JsonNode leaf = leaf(property);
        List<String> constants = new ArrayList<>();
        leaf.path("enum").forEach(each -> constants.add(each.asText()));
        boolean truth = property.has("anyOf") && leaf.path("type").asText().equals("boolean");
        return truth ? List.of("true", "false") : constants;
    }

    private static JsonNode leaf(JsonNode property) {
        if (property.has("anyOf")) {
            return property.path("anyOf").path(0);
        }
        return property.has("items") ? property.path("items") : property;
    }

    private static Kind kind(JsonNode property) {
        if (property.has("enum") || (property.has("anyOf") && !choices(property).isEmpty())) {
            return Kind.CHOICE;
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
                case NUMBER, CHOICE, DATE, JSON ->
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
            boolean untouched = input.values().isEmpty() && (after.isEmpty() || after.equals(nothing(input.kind())));
            if (untouched || same(input.kind(), before, after)) {
                continue;
            }
            boolean emptied = after.isEmpty() && !input.type().equals("String");
            changes.put(input.name(), emptied ? Optional.empty() : Optional.of(after));
        }
        return changes;
    }

    /** What a field sends that nobody has touched. */
    private static String nothing(Kind kind) {
        return switch (kind) {
            case TRUTH -> "false";
            case LIST -> "[]";
            case TEXT, NUMBER, CHOICE, DATE, JSON -> "";
        };
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
                .map(input -> input.with(given(input, request.formParams(input.field()))))
                .toList());
    }
}
