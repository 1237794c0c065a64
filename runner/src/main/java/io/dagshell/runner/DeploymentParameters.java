package io.dagshell.runner;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code parameters} of a {@code deployment.yaml}, as the text the flow's parameter schema reads. */
final class DeploymentParameters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeploymentParameters() {}

    /**
     * Reads the file; none gives no values. A value is taken as the person wrote it ({@code 007}, {@code 2021-01-01},
     * {@code 1.50}), not as YAML understands it; lists and maps become JSON. An entry without a value gives none.
     *
     * @throws BadInput it is not YAML or its parameters are no entries
     */
    static Map<String, String> read(Path yaml) {
        if (!Files.isRegularFile(yaml)) {
            return Map.of();
        }
        try (YAMLParser parser = new YAMLFactory().createParser(Files.readString(yaml))) {
            return read(yaml, parser);
        } catch (JsonProcessingException notYaml) {
            int line = notYaml.getLocation() == null ? 0 : notYaml.getLocation().getLineNr();
            throw new BadInput(yaml + " is not YAML in line " + line + ".", notYaml);
        } catch (IOException unreadable) {
            throw new BadInput(yaml + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    private static Map<String, String> read(Path yaml, YAMLParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new BadInput(yaml + " does not hold 'name: value' entries.");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean parameters = parser.currentName().equals("parameters");
            JsonToken value = parser.nextToken();
            if (!parameters) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                return values(parser);
            } else if (value != JsonToken.VALUE_NULL && !parser.getText().isEmpty()) {
                throw new BadInput(yaml + ": 'parameters' does not hold 'name: value' entries.");
            }
        }
        return Map.of();
    }

    private static Map<String, String> values(YAMLParser parser) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isStructStart()) {
                values.put(name, json(parser));
            } else if (value != JsonToken.VALUE_NULL) {
                values.put(name, parser.getText());
            }
        }
        return values;
    }

    private static String json(YAMLParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
