package io.dagshell.engine.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSchemaTest {
    private final ParameterSchema schema = ParameterSchema.of(List.of(
            parameter("color", "java.lang.String", "\"yellow\""),
            parameter("year", "int", null),
            parameter("months", "java.util.List<java.lang.Integer>", "[1,2,3]")));

    private static FlowParameter parameter(String name, String type, @Nullable String defaultJson) {
        return new FlowParameter(name, type, Optional.of("the " + name), Optional.ofNullable(defaultJson));
    }

    @Test
    void arguments_are_complete_and_in_declaration_order() {
        ObjectNode arguments = schema.ofTexts(Map.of("months", "[4]", "year", "2021"));

        assertThat(arguments.toString()).isEqualTo("{\"color\":\"yellow\",\"year\":2021,\"months\":[4]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            java.lang.String | green | "green"
            java.lang.String | "green" | "green"
            java.lang.String | 1 | "1"
            java.lang.String | null | "null"
            java.lang.String | say "hi" | "say \\"hi\\""
            int | 2021 | 2021
            java.lang.Integer | -1 | -1
            long | 9007199254740993 | 9007199254740993
            double | 1 | 1.0
            double | 1e3 | 1000.0
            double | NaN | "NaN"
            java.math.BigDecimal | 1.50 | 1.50
            boolean | TRUE | true
            java.time.LocalDate | 2021-01-31 | "2021-01-31"
            java.time.LocalDateTime | 2021-01-31 06:30 | "2021-01-31T06:30"
            java.time.Instant | 2021-01-31T06:30:00+01:00 | "2021-01-31T05:30:00Z"
            java.time.Duration | 10min | "PT10M"
            java.time.Duration | PT1.5S | "PT1.5S"
            java.net.URI | https://example.com/a?b=1,2 | "https://example.com/a?b=1,2"
            java.nio.file.Path | data/a.csv | "data/a.csv"
            java.util.List<java.lang.Integer> | 1, 2,3 | [1,2,3]
            java.util.List<java.lang.Integer> | 7 | [7]
            java.util.List<java.lang.Integer> | [] | []
            java.util.List<java.lang.String> | [green, yellow] | ["green","yellow"]
            java.util.List<java.lang.String> | ["a,b"] | ["a,b"]
            java.util.List<java.time.LocalDate> | 2021-01-01,2021-02-01 | ["2021-01-01","2021-02-01"]
            java.util.Set<java.lang.Integer> | [3,1,3] | [1,3]
            int[] | 1,2 | [1,2]
            java.util.Map<java.lang.String, java.util.List<java.lang.Integer>> | {"b":[1],"a":[]} | {"a":[],"b":[1]}
            java.util.Map<java.lang.String, java.util.Map<java.lang.String, int>> | {"a":{"b":"1"}} | {"a":{"b":1}}
            java.util.Optional<java.lang.Integer> | null | null
            java.util.Optional<java.lang.Integer> | 4 | 4
            nb.Cell3.Color | GREEN | "GREEN"
            nb.Cell3.Range | {"to":2,"from":1} | {"to":2,"from":1}
            """)
    void people_may_write(String type, String text, String json) {
        ParameterSchema one = ParameterSchema.of(List.of(parameter("value", type, null)));

        assertThat(one.read("value", text).toString()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            int | 2021.5 | a whole number of at most 32 bits
            int | 99999999999 | a whole number of at most 32 bits
            int | null | a whole number
            double | 1.5f | a number
            double | 0x1p3 | a number
            boolean | yes | true or false
            java.time.LocalDate | 31.1.2021 | a date; write it like value=2021-01-31
            java.util.List<java.lang.Integer> | [1,x] | a list, each a whole number
            java.util.List<java.lang.Integer> | 1,,2 | a list, each a whole number
            java.util.List<java.lang.String> | a,b | a list, each text; write it like value=["green"]
            java.util.List<java.lang.Integer> | one | a list, each a whole number of at most 32 bits; write it like value=[1,2,3]
            java.util.Map<java.lang.String,java.lang.Integer> | [1] | an object, each value a whole number
            java.util.List<java.lang.Integer> | [1] [2] | a list
            """)
    void a_bad_value_names_parameter_type_and_accepted_form(String type, String text, String words) {
        ParameterSchema one = ParameterSchema.of(List.of(parameter("value", type, null)));

        assertThatThrownBy(() -> one.read("value", text))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("parameter value (")
                .hasMessageContaining("'" + text + "' is not " + words);
    }

    @Test
    void an_unknown_name_is_refused_with_the_names_that_exist() {
        assertThatThrownBy(() -> schema.ofTexts(Map.of("colour", "green", "year", "2021")))
                .isInstanceOf(ParameterException.class)
                .hasMessage("there is no parameter colour, did you mean color?; "
                        + "there are color (String), year (int), months (List<Integer>)");
    }

    @Test
    void a_missing_required_one_is_refused_with_how_to_give_it() {
        assertThatThrownBy(() -> schema.ofTexts(Map.of()))
                .isInstanceOf(ParameterException.class)
                .hasMessage("parameter year (int) is required; give it like year=2021");
    }

    @Test
    void json_from_a_program_is_brought_into_the_same_form() {
        ObjectNode given = (ObjectNode)
                JsonForm.parse("{\"year\":2021.0,\"months\":[\"1\",2]}").orElseThrow();

        assertThat(schema.ofJson(given).toString()).isEqualTo("{\"color\":\"yellow\",\"year\":2021,\"months\":[1,2]}");
    }

    @Test
    void a_number_is_no_text_in_json() {
        ObjectNode given =
                (ObjectNode) JsonForm.parse("{\"color\":1,\"year\":2021}").orElseThrow();

        assertThatThrownBy(() -> schema.ofJson(given))
                .hasMessage("parameter color (String): 1 is not text; write it like color=green");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Color | GREEN | "GREEN"
            Color | "GREEN" | "GREEN"
            java.util.Optional<Color> | null | null
            java.util.Optional<Color> | RED | "RED"
            java.util.List<Color> | RED,GREEN | ["RED","GREEN"]
            java.util.Set<Color> | [RED,GREEN,RED] | ["GREEN","RED"]
            Color[] | ["RED"] | ["RED"]
            java.util.Map<Color,java.lang.Integer> | {"BLUE":1} | {"BLUE":1}
            """)
    void constants_of_an_enum_are_read_where_they_are_known(String type, String text, String json) {
        assertThat(colored(type).read("value", text).toString()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Color | BLUE | one of RED, GREEN; write it like value=RED
            Color | green | one of RED, GREEN
            java.util.Optional<Color> | BLUE | one of RED, GREEN, or null
            java.util.List<Color> | RED,BLUE | a list, each one of RED, GREEN; write it like value=["RED"]
            """)
    void another_constant_is_refused_with_those_there_are(String type, String text, String words) {
        assertThatThrownBy(() -> colored(type).read("value", text))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("'" + text + "' is not " + words);
        assertThatThrownBy(() -> colored("Color")
                        .ofJson((ObjectNode) JsonForm.parse("{\"value\": 1}").orElseThrow()))
                .hasMessageContaining("1 is not one of RED, GREEN");
    }

    @Test
    void a_form_has_the_constants_to_choose_from() {
        assertThat(colored("java.util.List<Color>").jsonSchema().at("/properties/value/items"))
                .hasToString("{\"title\":\"Color\",\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}");
    }

    private static ParameterSchema colored(String type) {
        return ParameterSchema.of(
                List.of(new FlowParameter("value", type, Optional.empty(), Optional.empty(), List.of("RED", "GREEN"))));
    }

    @Test
    void forms_are_made_from_a_json_schema() {
        assertThat(JsonForm.canonical(schema.jsonSchema()))
                .isEqualTo("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
                        + "\"additionalProperties\":false,\"properties\":{"
                        + "\"color\":{\"default\":\"yellow\",\"description\":\"the color\",\"type\":\"string\"},"
                        + "\"months\":{\"default\":[1,2,3],\"description\":\"the months\","
                        + "\"items\":{\"format\":\"int32\",\"type\":\"integer\"},\"type\":\"array\"},"
                        + "\"year\":{\"description\":\"the year\",\"format\":\"int32\",\"type\":\"integer\"}},"
                        + "\"required\":[\"year\"],\"type\":\"object\"}");
    }
}
