package io.dagshell.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A parameter's canonical JSON as a Java expression of its type, for the cell that a run with parameters injects. */
final class JavaLiteral {
    private static final Map<String, Function<JsonNode, String>> SIMPLE = Map.ofEntries(
            Map.entry("boolean", JsonNode::asText),
            Map.entry("java.lang.Boolean", JsonNode::asText),
            Map.entry("byte", node -> "(byte) " + node.asText()),
            Map.entry("java.lang.Byte", node -> "(byte) " + node.asText()),
            Map.entry("short", node -> "(short) " + node.asText()),
            Map.entry("java.lang.Short", node -> "(short) " + node.asText()),
            Map.entry("int", JsonNode::asText),
            Map.entry("java.lang.Integer", JsonNode::asText),
            Map.entry("long", node -> node.asText() + "L"),
            Map.entry("java.lang.Long", node -> node.asText() + "L"),
            Map.entry("float", node -> "Float.parseFloat(" + string(node) + ")"),
            Map.entry("java.lang.Float", node -> "Float.parseFloat(" + string(node) + ")"),
            Map.entry("double", node -> "Double.parseDouble(" + string(node) + ")"),
            Map.entry("java.lang.Double", node -> "Double.parseDouble(" + string(node) + ")"),
            Map.entry("char", JavaLiteral::character),
            Map.entry("java.lang.Character", JavaLiteral::character),
            Map.entry("java.lang.String", JavaLiteral::string),
            Map.entry("java.math.BigDecimal", node -> "new java.math.BigDecimal(" + string(node) + ")"),
            Map.entry("java.math.BigInteger", node -> "new java.math.BigInteger(" + string(node) + ")"),
            Map.entry("java.net.URI", node -> "java.net.URI.create(" + string(node) + ")"),
            Map.entry("java.nio.file.Path", node -> "java.nio.file.Path.of(" + string(node) + ")"),
            Map.entry("java.time.ZoneId", node -> "java.time.ZoneId.of(" + string(node) + ")"),
            Map.entry("java.util.UUID", node -> "java.util.UUID.fromString(" + string(node) + ")"));

    private JavaLiteral() {}

    /** The declaration that gives a parameter that value. */
    static String declaration(FlowParameter parameter, JsonNode value) {
        return parameter.type() + " " + parameter.name() + " = " + of(parameter.type(), value) + ";";
    }

    /**
     * The expression.
     *
     * @param type canonical Java type
     * @throws NotebookProblem no expression is known for that type
     */
    static String of(String type, JsonNode json) {
        if (json.isNull()) {
            return "null";
        }
        Function<JsonNode, String> simple = SIMPLE.get(type);
        if (simple != null) {
            return simple.apply(json);
        }
        if (type.startsWith("java.time.")) {
            return type + ".parse(" + string(json) + ")";
        }
        if (type.startsWith("java.util.List<") || type.startsWith("java.util.Set<")) {
            String element = arguments(type).get(0);
            return collection(type)
                    + StreamSupport.stream(json.spliterator(), false)
                            .map(item -> of(element, item))
                            .collect(Collectors.joining(", ", ".of(", ")"));
        }
        if (type.startsWith("java.util.Map<")) {
            return map(arguments(type), json);
        }
        if (!type.contains(".") && json.isTextual()) {
            return type + ".valueOf(" + string(json) + ")";
        }
        throw new NotebookProblem("A value of type " + type + " cannot be given to a notebook as a parameter.");
    }

    private static String collection(String type) {
        return type.substring(0, type.indexOf('<'));
    }

    private static String map(List<String> types, JsonNode json) {
        List<String> entries = new ArrayList<>();
        json.fields().forEachRemaining(entry -> {
            String key = of(types.get(0), TextNode.valueOf(entry.getKey()));
            entries.add("java.util.Map.entry(" + key + ", " + of(types.get(1), entry.getValue()) + ")");
        });
        return "java.util.Map.ofEntries(" + String.join(", ", entries) + ")";
    }

    /** The type arguments of {@code java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>}. */
    private static List<String> arguments(String type) {
        String inner = type.substring(type.indexOf('<') + 1, type.lastIndexOf('>'));
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                arguments.add(inner.substring(start, i).strip());
                start = i + 1;
            }
        }
        arguments.add(inner.substring(start).strip());
        return arguments;
    }

    private static String string(JsonNode node) {
        StringBuilder text = new StringBuilder("\"");
        node.asText().chars().forEach(c -> text.append(escaped((char) c)));
        return text.append('"').toString();
    }

    private static String character(JsonNode node) {
        String text = node.asText();
        return "'" + (text.equals("'") ? "\\'" : escaped(text.charAt(0))) + "'";
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c < ' ' ? String.format("\\%03o", (int) c) : String.valueOf(c);
        };
    }
}
