package io.dagshell.engine.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a person types for a parameter. JSON always works; besides, where nothing else could be meant:
 *
 * <ul>
 *   <li>text, dates, addresses and names of enum constants without quotes: {@code green}, {@code 2021-01-31};
 *   <li>lists of words without quotes: {@code [green, yellow]};
 *   <li>lists of numbers, truth values and dates without brackets: {@code 1,2,3} or {@code 1};
 *   <li>nothing, or {@code null}, for an Optional.
 * </ul>
 *
 * <p>A text parameter takes what is typed as it is, spaces included; only a complete JSON string, {@code "green"}, loses
 * its quotes. Stateless.
 */
final class TextForm {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TextForm() {}

    /** The canonical JSON of {@code text}; empty if it is not of that shape. */
    static Optional<JsonNode> read(String text, TypeShape shape) {
        if (shape instanceof TypeShape.Maybe maybe) {
            boolean none = text.isBlank() || text.strip().equals("null");
            return none ? Optional.of(JSON.nullNode()) : read(text, maybe.value());
        }
        if (shape instanceof TypeShape.OneWord) {
            return Canonical.of(JSON.textNode(unquoted(text)), shape);
        }
        if (shape instanceof TypeShape.Choice) {
            return Canonical.of(JSON.textNode(unquoted(text).strip()), shape);
        }
        Optional<JsonNode> json = JsonForm.parse(text).flatMap(node -> Canonical.of(node, shape));
        if (json.isPresent()) {
            return json;
        }
        if (shape instanceof TypeShape.ListOf list) {
            return words(text.strip(), list).flatMap(node -> Canonical.of(node, shape));
        }
        boolean oneWord = shape instanceof TypeShape.Other && text.strip().matches("[\\p{L}_$][\\p{L}\\p{N}_$]*");
        return oneWord ? Optional.of(JSON.textNode(text.strip())) : Optional.empty();
    }

    private static String unquoted(String text) {
        if (!text.strip().startsWith("\"")) {
            return text;
        }
        return JsonForm.parse(text)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .orElse(text);
    }

    private static Optional<JsonNode> words(String text, TypeShape.ListOf list) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        if (!bracketed && !isFreeOfCommas(list.element())) {
            return Optional.empty();
        }
        String inside = bracketed ? text.substring(1, text.length() - 1) : text;
        if (inside.isBlank() || inside.chars().anyMatch(letter -> "[]{}\"".indexOf(letter) >= 0)) {
            return Optional.empty();
        }
        List<JsonNode> elements = new ArrayList<>();
        for (String word : inside.split(",", -1)) {
            Optional<JsonNode> element = word.isBlank() ? Optional.empty() : read(word.strip(), list.element());
            if (element.isEmpty()) {
                return Optional.empty();
            }
            elements.add(element.get());
        }
        return Optional.of(Canonical.list(elements));
    }

    private static boolean isFreeOfCommas(TypeShape shape) {
        return shape instanceof TypeShape.Choice
                || (shape instanceof TypeShape.OneWord word && word.scalar().isFreeOfCommas());
    }
}
