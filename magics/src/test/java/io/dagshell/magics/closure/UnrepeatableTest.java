package io.dagshell.magics.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.model.TaskName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cached task that asks a clock or a random source is told so when it is registered. */
final class UnrepeatableTest {

    private static List<String> calls(String... cells) {
        return Cells.of(cells).notebook().unrepeatable(new TaskName("t")).stream()
                .map(Unrepeatable::toString)
                .toList();
    }

    private static List<Unrepeatable> of(String expression) {
        return Cells.of("%%task cache\nObject t() throws Exception {\n  return " + expression + ";\n}")
                .notebook()
                .unrepeatable(new TaskName("t"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "System.currentTimeMillis()|System.currentTimeMillis()",
                "System.nanoTime()|System.nanoTime()",
                "System.getenv(\"HOME\")|System.getenv()",
                "System.getProperty(\"user.home\")|System.getProperty()",
                "Integer.getInteger(\"n\", 1)|Integer.getInteger()",
                "Long.getLong(\"n\")|Long.getLong()",
                "Boolean.getBoolean(\"b\")|Boolean.getBoolean()",
                "System.identityHashCode(\"\")|System.identityHashCode()",
                "Instant.now()|Instant.now()",
                "LocalDate.now()|LocalDate.now()",
                "java.time.ZonedDateTime.now(ZoneId.of(\"UTC\"))|ZonedDateTime.now()",
                "Clock.systemUTC()|Clock.systemUTC()",
                "Math.random()|Math.random()",
                "new Random()|new Random()",
                "new java.security.SecureRandom()|new SecureRandom()",
                "UUID.randomUUID()|UUID.randomUUID()",
                "java.util.concurrent.ThreadLocalRandom.current().nextInt()|ThreadLocalRandom.current()",
                "java.util.stream.Stream.generate(UUID::randomUUID).limit(1).toList()|UUID.randomUUID()",
                "new Date()|new Date()"
            })
    void a_clock_a_random_source_or_the_environment_is_named_with_its_line(String expression, String call) {
        assertThat(of(expression)).containsExactly(new Unrepeatable(call, 1, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Random(42).nextInt()",
                "Instant.now(Clock.fixed(Instant.EPOCH, ZoneId.of(\"UTC\")))",
                "Instant.EPOCH",
                "UUID.nameUUIDFromBytes(new byte[0])",
                "new Date(0)"
            })
    void what_gives_the_same_again_is_not(String expression) {
        assertThat(of(expression)).isEmpty();
    }

    @Test
    void a_helper_in_another_cell_counts_and_a_method_of_ones_own_with_such_a_name_does_not() {
        assertThat(calls(
                        "int unused() { return 1; }",
                        "long stamp() {\n    return System.nanoTime();\n}",
                        "class Instants { static long now() { return 7; } }",
                        "%%task cache\nlong t() { return stamp() + Instants.now(); }"))
                .containsExactly(new Unrepeatable("System.nanoTime()", 2, 2).toString());
    }

    @Test
    void only_a_cached_task_is_told() {
        assertThat(calls("%%task\nlong t() { return System.nanoTime(); }")).isEmpty();
        assertThat(new Unrepeatable("Instant.now()", 3, 2).inWords("fetch"))
                .isEqualTo("fetch is cached, but what Instant.now() in cell 3, line 2 gives is not in its key: "
                        + "make it a parameter, or leave out cache");
    }
}
