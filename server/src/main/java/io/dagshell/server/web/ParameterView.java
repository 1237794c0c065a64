package io.dagshell.server.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A parameter's name and what it was given, as JSON that reads well. */
public record ParameterView(String name, String value) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int SHORT = 40;

    public static List<ParameterView> of(String json) {
        try {
            List<ParameterView> all = new ArrayList<>();
            for (Map.Entry<String, JsonNode> each : JSON.readTree(json).properties()) {
                all.add(new ParameterView(each.getKey(), text(each.getValue())));
            }
            return all;
        } catch (JsonProcessingException damaged) {
            return List.of(new ParameterView("?", json));
        }
    }

    private static String text(JsonNode value) throws JsonProcessingException {
        String flat = value.toString();
        return flat.length() <= SHORT ? flat : JSON.writeValueAsString(value);
    }
}
