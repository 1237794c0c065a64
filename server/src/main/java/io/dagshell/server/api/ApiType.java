package io.dagshell.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.State;

/** What a field or parameter of the API holds, as JSON Schema says it. */
enum ApiType {
    TEXT("string", ""),
    NUMBER("integer", ""),
    FLAG("boolean", ""),
    OBJECT("object", ""),
    INSTANT("string", "date-time"),
    DURATION("string", "duration"),
    STATE("string", ""),
    ANY("", ""),
    TEXTS("array", ""),
    NUMBERS("array", ""),
    TEXTS_BY_NAME("object", ""),
    OBJECTS("array", "");

    private final String type;
    private final String format;

    ApiType(String type, String format) {
        this.type = type;
        this.format = format;
    }

    ObjectNode schema() {
        ObjectNode schema = ApiJson.object();
        if (!type.isEmpty()) {
            schema.put("type", type);
        }
        if (!format.isEmpty()) {
            schema.put("format", format);
        }
        if (this == STATE) {
            for (State state : State.values()) {
                schema.withArray("enum").add(state.word());
            }
        }
        switch (this) {
            case TEXTS -> schema.putObject("items").put("type", "string");
            case TEXTS_BY_NAME -> schema.putObject("additionalProperties").put("type", "string");
            case NUMBERS -> schema.putObject("items").put("type", "integer");
            case OBJECTS -> schema.putObject("items").put("type", "object");
            default -> {}
        }
        return schema;
    }
}
