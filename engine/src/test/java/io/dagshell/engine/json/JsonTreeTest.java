package io.dagshell.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(NODES)
            .build();

    @Test
    void trees_are_written_and_read_as_jackson_s_mapper_does() throws IOException {
        Random random = new Random(7);
        JsonTree exact = JsonTree.exact(new JsonFactory());
        for (int i = 0; i < 3_000; i++) {
            JsonNode tree = tree(random, 4);
            String text = JsonTree.PLAIN.text(tree);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

            assertThat(text).isEqualTo(MAPPER.writeValueAsString(tree)).isEqualTo(tree.toString());
            assertThat(JsonTree.PLAIN.bytes(tree)).isEqualTo(MAPPER.writeValueAsBytes(tree));
            assertThat(JsonTree.PLAIN.read(text)).isEqualTo(MAPPER.readTree(text));
            assertThat(JsonTree.PLAIN.read(bytes)).isEqualTo(MAPPER.readTree(text));
            assertThat(exact.read(text)).isEqualTo(EXACT.readTree(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[[],{}]",
                "1e999",
                "-0",
                "0.10",
                "2147483648",
                "9223372036854775808",
                "\"\\ud83d\\ude00\"",
                "{\"b\":1,\"a\":2,\"b\":3}",
                "{} trailing"
            })
    void what_is_json_is_read_as_by_jackson_s_mapper(String text) throws IOException {
        JsonNode expected = MAPPER.readTree(text);

        assertThat(JsonTree.PLAIN.read(text)).isEqualTo(expected);
        assertThat(JsonTree.PLAIN.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[1,", "{\"a\"}", "{\"a\":}", "[1 2]", "]", "\"open", "NaN", "'a'", "{a:1}", "01", "tru"})
    void what_is_no_json_is_refused(String text) {
        assertThatThrownBy(() -> JsonTree.PLAIN.read(text)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JsonTree.PLAIN.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void an_exact_reader_keeps_each_digit_and_wants_nothing_behind_the_value() throws IOException {
        JsonTree exact = JsonTree.exact(new JsonFactory());

        assertThat(exact.read("0.10").decimalValue()).isEqualTo(new BigDecimal("0.10"));
        assertThat(exact.text(exact.read("[1.000000000000000000001]"))).isEqualTo("[1.000000000000000000001]");
        assertThatThrownBy(() -> exact.read("{} {}")).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void what_is_nested_too_deep_is_refused_instead_of_ending_the_thread() {
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> JsonTree.PLAIN.read(deep)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void half_a_surrogate_pair_comes_back() throws IOException {
        ObjectNode half = JsonTree.PLAIN.object().put("a", "\uD83Dx");

        assertThat(JsonTree.PLAIN.read(JsonTree.PLAIN.text(half))).isEqualTo(half);
        assertThat(JsonTree.PLAIN.read(JsonTree.PLAIN.bytes(half))).isEqualTo(half);
    }

    @Test
    void a_missing_node_is_no_text() {
        assertThat(JsonTree.PLAIN.text(MissingNode.getInstance())).isEmpty();
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 10 : 12)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(random.nextLong());
            case 4 -> NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
            case 5 -> NODES.numberNode(new BigInteger(100, random));
            case 6 -> NODES.numberNode(new BigDecimal(new BigInteger(80, random), random.nextInt(40) - 10));
            case 7 -> NODES.numberNode(random.nextFloat());
            case 8, 9 -> NODES.textNode(text(random));
            case 10 -> {
                ArrayNode array = NODES.arrayNode();
                random.ints(random.nextInt(5)).forEach(any -> array.add(tree(random, depth - 1)));
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                random.ints(random.nextInt(5)).forEach(any -> object.set(text(random), tree(random, depth - 1)));
                yield object;
            }
        };
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, random.nextBoolean() ? 0x2100 : 0x1F700)
                .filter(Character::isDefined)
                .filter(each -> each < Character.MIN_SURROGATE || each > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
