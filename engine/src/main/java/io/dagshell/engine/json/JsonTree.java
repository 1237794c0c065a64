package io.dagshell.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes trees of JSON with Jackson's parser and generator. Its mapper does the same and sets up the binding of
 * classes for it, a calendar for dates among that, which costs a short process a tenth of its time. Objects keep the
 * order of their fields; of two fields with one name the last counts; text without a value is a missing node. The parser bounds
 * the depth. Immutable.
 */
public final class JsonTree {
    /** As Jackson's mapper does by default; what follows the first value is not looked at. */
    public static final JsonTree PLAIN = new JsonTree(new JsonFactory(), false);

    private final JsonFactory factory;
    private final boolean exact;
    private final JsonNodeFactory nodes;

    private JsonTree(JsonFactory factory, boolean exact) {
        this.factory = factory;
        this.exact = exact;
        this.nodes = exact ? JsonNodeFactory.withExactBigDecimals(true) : JsonNodeFactory.instance;
    }

    /** With the limits and features of that factory. */
    public static JsonTree of(JsonFactory factory) {
        return new JsonTree(factory, false);
    }

    /** Fractions keep all their digits, and nothing may follow the value. */
    public static JsonTree exact(JsonFactory factory) {
        return new JsonTree(factory, true);
    }

    /** A new object. */
    public ObjectNode object() {
        return nodes.objectNode();
    }

    /** A new array. */
    public ArrayNode array() {
        return nodes.arrayNode();
    }

    /** @throws JsonProcessingException it is no JSON */
    public JsonNode read(String text) throws JsonProcessingException {
        try (JsonParser parser = factory.createParser(text)) {
            return read(parser);
        } catch (JsonProcessingException noJson) {
            throw noJson;
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory", impossible);
        }
    }

    /** @throws JsonProcessingException it is no JSON */
    public JsonNode read(byte[] bytes) throws IOException {
        try (JsonParser parser = factory.createParser(bytes)) {
            return read(parser);
        }
    }

    /**
     * Reads the stream to the end of the value and closes it.
     *
     * @throws JsonProcessingException it is no JSON
     */
    public JsonNode read(InputStream in) throws IOException {
        try (JsonParser parser = factory.createParser(in)) {
            return read(parser);
        }
    }

    private JsonNode read(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return MissingNode.getInstance();
        }
        JsonNode value = value(parser, first);
        if (exact && parser.nextToken() != null) {
            throw new JsonParseException(parser, "something follows the value");
        }
        return value;
    }

    private JsonNode value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = object();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    object.set(name, value(parser, parser.nextToken()));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = array();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    array.add(value(parser, next));
                }
                yield array;
            }
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> nodes.numberNode(parser.getIntValue());
                    case LONG -> nodes.numberNode(parser.getLongValue());
                    default -> nodes.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT ->
                exact ? nodes.numberNode(parser.getDecimalValue()) : nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> throw new IllegalStateException("no value begins with " + token);
        };
    }

    /** The value on one line, without spaces; nothing for a missing node. */
    public String text(JsonNode node) {
        return written(node, null);
    }

    /** The value as a printer lays it out, which may be used for one value only. */
    public String text(JsonNode node, PrettyPrinter printer) {
        return written(node, printer);
    }

    private String written(JsonNode node, @Nullable PrettyPrinter printer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(text)) {
            if (printer != null) {
                generator.setPrettyPrinter(printer);
            }
            write(node, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a tree can be written", impossible);
        }
        return text.toString();
    }

    /** The value on one line in UTF-8, where half a surrogate pair is an escape. */
    public byte[] bytes(JsonNode node) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            write(node, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonNode node, JsonGenerator generator) throws IOException {
        if (node.isMissingNode()) {
            return;
        }
        try (JsonParser tree = node.traverse()) {
            tree.nextToken();
            generator.copyCurrentStructure(tree);
        }
    }
}
