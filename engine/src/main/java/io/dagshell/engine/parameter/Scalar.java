package io.dagshell.engine.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;

/**
 * A type with a form of one word. Immutable.
 *
 * @param type the boxed class
 * @param words what it is, after "is not": {@code a whole number}
 * @param example how to write one
 * @param kind how it stands in JSON
 * @param format the JSON Schema format, or empty
 * @param parse from text, trimmed; throws any runtime exception on a bad one
 */
record Scalar(Class<?> type, String words, String example, Kind kind, String format, Function<String, Object> parse) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    /** The JSON type. */
    enum Kind {
        INTEGER("integer"),
        NUMBER("number"),
        BOOLEAN("boolean"),
        TEXT("string");

        private final String schemaType;

        Kind(String schemaType) {
            this.schemaType = schemaType;
        }

        String schemaType() {
            return schemaType;
        }
    }

    /** From what a person typed, without quotes. */
    Object ofText(String text) {
        if (type == String.class) {
            return text;
        }
        return parse.apply(text.strip());
    }

    /** From JSON; a number or truth value may also come as text, as forms send it. */
    Optional<Object> ofJson(JsonNode node) {
        if (!fits(node)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ofText(kind == Kind.INTEGER && node.isNumber() ? integral(node) : node.asText()));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private boolean fits(JsonNode node) {
        return switch (kind) {
            case INTEGER, NUMBER -> node.isNumber() || node.isTextual();
            case BOOLEAN -> node.isBoolean() || node.isTextual();
            case TEXT -> node.isTextual();
        };
    }

    /** JSON knows one kind of number: 3.0 is the whole number 3. */
    private static String integral(JsonNode node) {
        return node.decimalValue().toBigIntegerExact().toString();
    }

    /** The one form of a value. */
    JsonNode toJson(Object value) {
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (value instanceof BigDecimal decimal) {
            return JSON.numberNode(decimal);
        }
        if (value instanceof BigInteger integer) {
            return JSON.numberNode(integer);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            boolean finite = !Double.isNaN(number) && !Double.isInfinite(number);
            return finite ? JSON.numberNode(new BigDecimal(value.toString())) : JSON.textNode(value.toString());
        }
        if (value instanceof Number whole) {
            return JSON.numberNode(whole.longValue());
        }
        return JSON.textNode(value.toString());
    }

    /** Texts of it never contain a comma, so a list of them may be written without brackets. */
    boolean isFreeOfCommas() {
        return kind != Kind.TEXT || !format.isEmpty() && !format.equals("uri");
    }
}
