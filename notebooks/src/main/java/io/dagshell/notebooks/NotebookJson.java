package io.dagshell.notebooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The bytes of a notebook: names and layout as nbformat has them. */
final class NotebookJson {
    /** Tag of papermill and Jupyter's scheduler on the cell whose values a run may replace. */
    static final String PARAMETERS = "parameters";

    /** Tag of papermill on the cell it puts behind that one. */
    static final String INJECTED = "injected-parameters";

    // Outputs may hold pictures of any size in one string.
    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private NotebookJson() {}

    static ObjectNode read(String place, byte[] bytes) {
        try {
            JsonNode root = MAPPER.readTree(bytes);
            if (root instanceof ObjectNode notebook) {
                return notebook;
            }
            throw new NotebookProblem(place + " is no notebook: it does not hold a JSON object.");
        } catch (JsonProcessingException notJson) {
            String where = notJson.getLocation() == null
                    ? ""
                    : " (line " + notJson.getLocation().getLineNr() + ", column "
                            + notJson.getLocation().getColumnNr() + ")";
            throw new NotebookProblem(place + " is no notebook: it is not JSON" + where + ".", notJson);
        } catch (IOException impossible) {
            throw new NotebookProblem(place + " cannot be read: " + impossible.getMessage() + ".", impossible);
        }
    }

    /** One space of indentation, a newline at the end, no escaped letters: what Jupyter itself writes. */
    static byte[] write(JsonNode root) {
        DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withSeparators(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Spacing.AFTER)
                        .withArrayEmptySeparator("")
                        .withObjectEmptySeparator(""))
                .withArrayIndenter(indenter)
                .withObjectIndenter(indenter);
        try {
            return (MAPPER.writer(printer).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree could not be written", impossible);
        }
    }

    /** Multi-line text, which the format allows as one string or as a list of its lines. */
    static String joined(JsonNode text) {
        if (!text.isArray()) {
            return text.asText();
        }
        StringBuilder joined = new StringBuilder();
        text.forEach(line -> joined.append(line.asText()));
        return joined.toString();
    }

    /** Text as the list of its lines, each with its newline. */
    static ArrayNode lines(String text) {
        ArrayNode lines = MAPPER.createArrayNode();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    static ObjectNode injectedCell(String text, ArrayNode outputs) {
        ObjectNode cell = MAPPER.createObjectNode();
        cell.put("cell_type", "code");
        cell.putNull("execution_count");
        // The format wants an id of letters, digits, hyphens; the text decides it, so that equal runs write equal
        // files.
        cell.put(
                "id",
                "injected-"
                        + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                                .toString()
                                .substring(0, 8));
        cell.putObject("metadata").putArray("tags").add(INJECTED);
        cell.set("outputs", outputs);
        cell.set("source", lines(text));
        return cell;
    }
}
