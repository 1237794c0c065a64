package io.dagshell.engine.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a value is: Java to JSON to Java is the value, and its JSON typed by hand means the same. */
class RoundTripTest {

    private static void holds(Object value, Type type) {
        JsonNode json = JsonForm.toJson(value, type);
        String text = JsonForm.canonical(json);
        ParameterSchema schema = ParameterSchema.of(
                List.of(new FlowParameter("value", type.getTypeName(), Optional.empty(), Optional.empty())));

        assertThat(JsonForm.toJava(json, type)).isEqualTo(value);
        assertThat(JsonForm.canonical(schema.read("value", text))).isEqualTo(text);
        assertThat(JsonForm.toJava(schema.read("value", text), type)).isEqualTo(value);
    }

    private static Type type(int index) {
        for (var method : RoundTripTest.class.getDeclaredMethods()) {
            if (method.getName().equals("types")) {
                return method.getGenericParameterTypes()[index];
            }
        }
        throw new AssertionError();
    }

    @SuppressWarnings("unused")
    private static void types(
            List<Long> longs, List<String> texts, Map<String, Double> map, Optional<List<Boolean>> maybe) {}

    @Property
    void numbers(@ForAll int one, @ForAll long two, @ForAll double three, @ForAll BigDecimal four, @ForAll float five) {
        holds(one, int.class);
        holds(two, Long.class);
        holds(three, double.class);
        holds(four, BigDecimal.class);
        holds(five, float.class);
    }

    @Property
    void texts(@ForAll String text, @ForAll boolean truth) {
        holds(text, String.class);
        holds(truth, boolean.class);
    }

    @Property
    void collections(
            @ForAll List<Long> longs,
            @ForAll List<String> texts,
            @ForAll Map<String, Double> map,
            @ForAll Optional<List<Boolean>> maybe) {
        holds(longs, type(0));
        holds(texts, type(1));
        holds(map, type(2));
        holds(maybe, type(3));
    }

    @Property
    void times(@ForAll int days, @ForAll long seconds, @ForAll @IntRange(min = 0, max = 999_999_999) int nanos) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorMod(days, 3_000_000));
        Instant instant = Instant.ofEpochSecond(Math.floorMod(seconds, 253_402_300_799L), nanos);
        holds(date, LocalDate.class);
        holds(LocalDateTime.ofInstant(instant, java.time.ZoneOffset.UTC), LocalDateTime.class);
        holds(instant, Instant.class);
        holds(Duration.ofSeconds(seconds / 2, nanos), Duration.class);
    }
}
