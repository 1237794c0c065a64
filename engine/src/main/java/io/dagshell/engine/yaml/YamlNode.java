package io.dagshell.engine.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.parameter.JsonForm;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** YAML as it stands, with the line of each value, from 1: scalars are the text people wrote. Immutable. */
public sealed interface YamlNode {
    int line();

    /** As JSON: of scalars in lists and mappings what YAML takes for no text is JSON if it can be, {@code [1, yellow, "2"]}. */
    JsonNode json();

    /** What the value says: a scalar its own text, a list or mapping its JSON; empty if it says nothing. */
    default Optional<String> said() {
        return Optional.of(JsonForm.canonical(json()));
    }

    /**
     * A value on its own.
     *
     * @param text as written; null if there is none or it says {@code null}
     * @param isText whether it is quoted, or a word
     */
    record Scalar(@Nullable String text, boolean isText, int line) implements YamlNode {
        @Override
        public JsonNode json() {
            if (text == null) {
                return JsonNodeFactory.instance.nullNode();
            }
            return isText
                    ? TextNode.valueOf(text)
                    : JsonForm.parse(text).filter(JsonNode::isValueNode).orElseGet(() -> TextNode.valueOf(text));
        }

        @Override
        public Optional<String> said() {
            return Optional.ofNullable(text);
        }
    }

    /** {@code name: value} entries, in order, each name once. */
    record Mapping(List<Entry> entries, int line) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The entry of that name. */
        public Optional<Entry> find(String name) {
            return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
        }

        @Override
        public JsonNode json() {
            ObjectNode object = JsonNodeFactory.withExactBigDecimals(true).objectNode();
            entries.forEach(entry -> object.set(entry.name(), entry.value().json()));
            return object;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode json() {
            ArrayNode array = JsonNodeFactory.withExactBigDecimals(true).arrayNode();
            items.forEach(item -> array.add(item.json()));
            return array;
        }
    }

    /** One entry of a mapping; the line is that of its name. */
    record Entry(String name, int line, YamlNode value) {}
}
