package io.dagshell.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void trees_are_written_and_read_as_jackson_s_mapper_does() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            JsonNode tree = tree(random, 4);
            String text = Json.text(tree);

            assertThat(text).isEqualTo(MAPPER.writeValueAsString(tree));
            assertThat(Json.read(text)).isEqualTo(MAPPER.readTree(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{}",
                "[]",
                "[[],{}]",
                "1e999",
                "-0",
                "0.1",
                "2147483648",
                "9223372036854775808",
                "\"\\ud83d\\ude00\"",
                "{\"a\":1,\"a\":2}",
                "{} trailing"
            })
    void what_is_json_is_read_as_by_jackson_s_mapper(String text) throws IOException {
        assertThat(Json.read(text)).isEqualTo(MAPPER.readTree(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[1,",
                "{\"a\"}",
                "{\"a\":}",
                "[1 2]",
                "]",
                "}",
                "\"open",
                "NaN",
                "'a'",
                "{a:1}",
                "01",
                "tru"
            })
    void what_is_no_json_is_refused(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.readObject(text.getBytes(StandardCharsets.UTF_8), "the content"))
                .isInstanceOf(BadMessage.class)
                .hasMessage("the content is no JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "\"text\""})
    void what_is_no_object_is_refused(String text) {
        assertThatThrownBy(() -> Json.readObject(text.getBytes(StandardCharsets.UTF_8), "the content"))
                .isInstanceOf(BadMessage.class)
                .hasMessage("the content is no JSON object");
    }

    @Test
    void what_is_nested_too_deep_is_refused_instead_of_ending_the_thread() {
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> Json.read(deep)).isInstanceOf(IOException.class);
    }

    @Test
    void half_a_surrogate_pair_is_written() {
        assertThat(Json.bytes(Json.object().put("a", "\uD83D")))
                .isEqualTo("{\"a\":\"?\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 10)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(random.nextLong());
            case 4 -> NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
            case 5 -> NODES.numberNode(new BigInteger(100, random));
            case 6, 7 -> NODES.textNode(text(random));
            case 8 -> {
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
        return random.ints(random.nextInt(12), 0, 0x2100)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
