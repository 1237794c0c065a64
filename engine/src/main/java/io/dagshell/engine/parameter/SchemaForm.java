package io.dagshell.engine.parameter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON Schema of a type's shape. Stateless. */
final class SchemaForm {
    private SchemaForm() {}

    static ObjectNode of(TypeShape shape) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (shape instanceof TypeShape.OneWord word) {
            schema.put("type", word.scalar().kind().schemaType());
            if (!word.scalar().format().isEmpty()) {
                schema.put("format", word.scalar().format());
            }
            return schema;
        }
        if (shape instanceof TypeShape.ListOf list) {
            schema.put("type", "array").set("items", of(list.element()));
            return list.distinct() ? schema.put("uniqueItems", true) : schema;
        }
        if (shape instanceof TypeShape.MapOf map) {
            schema.put("type", "object").set("additionalProperties", of(map.value()));
            return schema;
        }
        if (shape instanceof TypeShape.Maybe maybe) {
            schema.putArray("anyOf")
                    .add(of(maybe.value()))
                    .add(JsonNodeFactory.instance.objectNode().put("type", "null"));
            return schema;
        }
        if (shape instanceof TypeShape.Choice choice) {
            ArrayNode constants =
                    schema.put("title", choice.name()).put("type", "string").putArray("enum");
            choice.constants().forEach(constants::add);
            return schema;
        }
        return schema.put("title", ((TypeShape.Other) shape).name());
    }
}
