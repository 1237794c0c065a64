package io.dagshell.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.model.State;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a field or parameter of the API holds: what it is called to people, how it is described in JSON Schema, and what
 * fits. A request that does not fit is refused before it is answered. Immutable.
 */
record ApiType(String wanted, ObjectNode schema, Predicate<JsonNode> fitting) {
    private static final String SECONDS = "[0-9]{1,9}(\\.[0-9]{1,9})?S";
    private static final String TIME =
            "T([0-9]{1,9}H([0-9]{1,9}M)?(" + SECONDS + ")?|[0-9]{1,9}M(" + SECONDS + ")?|" + SECONDS + ")";
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    /** Of RFC 3339's instants those that Java reads: no finer than nanoseconds, no further than 17:59 from UTC. */
    private static final String INSTANT_FORM = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
            + "(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])";

    private static final int DIGITS_OF_LONG = 19;

    static final ApiType TEXT = plain("a text", "string", JsonNode::isTextual);
    static final ApiType FLAG = plain("true or false", "boolean", JsonNode::isBoolean);
    static final ApiType OBJECT = plain("an object", "object", JsonNode::isObject);
    static final ApiType ANY = new ApiType("any JSON", ApiJson.object(), any -> true);
    static final ApiType NUMBER = number("a whole number", Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final ApiType COUNT = number("a whole number from 0", 0, Integer.MAX_VALUE);
    static final ApiType PLACE = number("a whole number from 0", 0, 999_999_999_999_999_999L);
    static final ApiType LIMIT = number("a whole number from 1 to 999999", 1, 999_999);
    static final ApiType INSTANT = new ApiType(
            "an instant such as 2026-01-31T06:00:00Z",
            string().put("format", "date-time").put("pattern", "^" + INSTANT_FORM + "$"),
            ApiType::isInstant);
    static final ApiType DURATION = matching("a duration such as PT10M", "P([0-9]{1,6}D|([0-9]{1,6}D)?" + TIME + ")");
    static final ApiType ID = new ApiType(
            "an id such as 01a21c31-6dae-7660-91f1-94ed6bef3774",
            string().put("format", "uuid"),
            node -> node.isTextual() && node.textValue().matches(UUID));
    static final ApiType STATE = oneOf(
            "a state of runs, such as Completed",
            Arrays.stream(State.values()).map(State::word).toList());
    static final ApiType TEXTS = TEXT.list("a list of texts");
    static final ApiType NUMBERS = NUMBER.list("a list of whole numbers");
    static final ApiType INSTANTS = INSTANT.list("a list of instants");
    static final ApiType IDS = ID.list("a list of ids");
    static final ApiType STATES = STATE.list(STATE.wanted());
    static final ApiType TEXTS_BY_NAME = new ApiType("an object of texts", textsByName(), ApiType::isTextsByName);

    /** A copy: nodes can be written to. */
    @Override
    public ObjectNode schema() {
        return schema.deepCopy();
    }

    /** Whether a field may hold this. */
    boolean fits(JsonNode node) {
        return fitting.test(node);
    }

    /** Whether it may be given several times in a query. */
    boolean isList() {
        return schema.path("type").asText().equals("array");
    }

    /** Whether a parameter of a query may be this; of a list, one of it. */
    boolean fits(String text) {
        if (isList()) {
            return fits(ApiJson.array(List.of(TextNode.valueOf(text))));
        }
        if (!schema.path("type").asText().equals("integer")) {
            return fits(TextNode.valueOf(text));
        }
        return text.matches("-?[0-9]{1," + DIGITS_OF_LONG + "}")
                && fits(ApiJson.object().put("number", new BigInteger(text)).path("number"));
    }

    private static ApiType plain(String wanted, String type, Predicate<JsonNode> fitting) {
        return new ApiType(wanted, ApiJson.object().put("type", type), fitting);
    }

    static ApiType number(String wanted, long least, long most) {
        ObjectNode schema = ApiJson.object().put("type", "integer");
        schema.put("minimum", least).put("maximum", most);
        return new ApiType(wanted, schema, node -> isWhole(node, least, most));
    }

    /** A text that has this form as a whole. */
    static ApiType matching(String wanted, String form) {
        Pattern pattern = Pattern.compile(form);
        return new ApiType(
                wanted,
                string().put("pattern", "^" + form + "$"),
                node -> node.isTextual() && pattern.matcher(node.textValue()).matches());
    }

    static ApiType oneOf(String wanted, List<String> words) {
        ObjectNode schema = string();
        words.forEach(schema.putArray("enum")::add);
        return new ApiType(wanted, schema, node -> node.isTextual() && words.contains(node.textValue()));
    }

    ApiType list(String wantedOfAll) {
        ObjectNode list = ApiJson.object().put("type", "array");
        list.set("items", schema());
        return new ApiType(wantedOfAll, list, node -> node.isArray() && all(node, this::fits));
    }

    /** An object of an answer. */
    static ApiType of(Shape shape) {
        return new ApiType("a " + shape.name(), reference(shape), JsonNode::isObject);
    }

    /** Objects of an answer. */
    static ApiType listOf(Shape shape) {
        return of(shape).list("a list, each a " + shape.name());
    }

    static ObjectNode reference(Shape shape) {
        return ApiJson.object().put("$ref", "#/components/schemas/" + shape.name());
    }

    private static ObjectNode string() {
        return ApiJson.object().put("type", "string");
    }

    private static ObjectNode textsByName() {
        ObjectNode schema = ApiJson.object().put("type", "object");
        schema.set("additionalProperties", string());
        return schema;
    }

    private static boolean isTextsByName(JsonNode node) {
        return node.isObject() && all(node, JsonNode::isTextual);
    }

    private static boolean all(JsonNode node, Predicate<JsonNode> each) {
        for (JsonNode child : node) {
            if (!each.test(child)) {
                return false;
            }
        }
        return true;
    }

    /** To JSON Schema {@code 2.0} is whole too. */
    private static boolean isWhole(JsonNode node, long least, long most) {
        if (!node.isNumber()) {
            return false;
        }
        BigDecimal number = node.decimalValue();
        // Of 1E+999999999 all digits would be made.
        if (number.precision() - (long) number.scale() > DIGITS_OF_LONG
                || number.stripTrailingZeros().scale() > 0) {
            return false;
        }
        return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static boolean isInstant(JsonNode node) {
        if (!node.isTextual() || !node.textValue().matches(INSTANT_FORM)) {
            return false;
        }
        try {
            Instant.parse(node.textValue());
            return true;
        } catch (DateTimeException noInstant) {
            return false;
        }
    }
}
