package io.dagshell.engine.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonFormTest {
    enum Color {
        YELLOW,
        GREEN {
            @Override
            boolean isRural() {
                return true;
            }
        };

        boolean isRural() {
            return false;
        }
    }

    record Range(int from, int to) {
        Range {
            if (from > to) {
                throw new IllegalArgumentException("from is after to");
            }
        }
    }

    record Job(Color color, List<Range> ranges, Optional<String> note) {}

    @SuppressWarnings("unused")
    private static void types(
            Job job,
            Map<Color, Set<Integer>> map,
            List<? extends BigDecimal> decimals,
            Optional<LocalDate> date,
            int[] array,
            List<String>[] lists,
            Path path) {}

    private static Type type(int index) {
        for (var method : JsonFormTest.class.getDeclaredMethods()) {
            if (method.getName().equals("types")) {
                return method.getGenericParameterTypes()[index];
            }
        }
        throw new AssertionError();
    }

    private static JsonNode json(String text) {
        return JsonForm.parse(text).orElseThrow();
    }

    @Test
    void records_go_by_component_and_enums_by_name() {
        Job job = new Job(Color.GREEN, List.of(new Range(1, 2)), Optional.empty());

        JsonNode json = JsonForm.toJson(job, type(0));

        assertThat(JsonForm.canonical(json))
                .isEqualTo("{\"color\":\"GREEN\",\"note\":null,\"ranges\":[{\"from\":1,\"to\":2}]}");
        assertThat(JsonForm.toJava(json, type(0))).isEqualTo(job);
        assertThat(JsonForm.toJava(json("{\"color\":\"GREEN\",\"ranges\":[]}"), type(0)))
                .isEqualTo(new Job(Color.GREEN, List.of(), Optional.empty()));
    }

    @Test
    void collections_go_by_their_declared_types() {
        assertThat(JsonForm.toJava(json("{\"GREEN\":[2,1]}"), type(1))).isEqualTo(Map.of(Color.GREEN, Set.of(1, 2)));
        assertThat(JsonForm.toJava(json("[1.50]"), type(2))).isEqualTo(List.of(new BigDecimal("1.50")));
        assertThat(JsonForm.toJava(json("null"), type(3))).isEqualTo(Optional.empty());
        assertThat((int[]) JsonForm.toJava(json("[1,2]"), type(4))).containsExactly(1, 2);
        assertThat((List<String>[]) JsonForm.toJava(json("[[\"a\"],[]]"), type(5)))
                .containsExactly(List.of("a"), List.of());
        assertThat(JsonForm.toJava(json("\"a/b\""), type(6))).isEqualTo(Path.of("a/b"));
    }

    @Test
    void a_misfit_inside_a_record_is_told_with_its_place() {
        assertThatThrownBy(() -> JsonForm.toJava(json("{\"color\":\"BLUE\",\"ranges\":[]}"), type(0)))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("component color: \"BLUE\" is not")
                .hasMessageContaining("one of YELLOW, GREEN");
        assertThatThrownBy(() -> JsonForm.toJava(json("{\"from\":2,\"to\":1}"), Range.class))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("from is after to");
        assertThatThrownBy(() -> JsonForm.toJava(json("{\"from\":2,\"until\":1}"), Range.class))
                .hasMessageContaining("there is no component until; there are from, to");
        assertThatThrownBy(() -> JsonForm.toJava(json("{\"from\":2}"), Range.class))
                .hasMessageContaining("component to is missing");
    }

    @Test
    void the_text_of_equal_values_is_equal() {
        assertThat(JsonForm.canonical(json("{\"b\":{\"z\":1,\"a\":2},\"a\":[ 1 , 2.50 ]}")))
                .isEqualTo("{\"a\":[1,2.50],\"b\":{\"a\":2,\"z\":1}}");
    }

    @Test
    void a_value_is_shown_by_its_own_class_or_not_at_all() {
        assertThat(JsonForm.ofValue(Map.of("colors", List.of(Color.GREEN, Color.YELLOW)))
                        .map(JsonForm::canonical))
                .hasValue("{\"colors\":[\"GREEN\",\"YELLOW\"]}");
        assertThat(JsonForm.ofValue(Path.of("a/b")).map(JsonForm::canonical)).hasValue("\"a/b\"");
        assertThat(JsonForm.ofValue(new Object())).isEmpty();
        assertThat(JsonForm.ofValue(List.of(new Object()))).isEmpty();
    }

    @Test
    void json_is_read_whole_and_strictly() {
        assertThat(JsonForm.parse("[1] 2")).isEmpty();
        assertThat(JsonForm.parse("{\"a\":1,\"a\":2}")).isEmpty();
        assertThat(JsonForm.parse("")).isEmpty();
    }

    @Test
    void a_type_without_json_form_is_said_so() {
        assertThatThrownBy(() -> JsonForm.toJson(new Object(), Object.class))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("java.lang.Object have no JSON form");
    }
}
