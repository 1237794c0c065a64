package io.dagshell.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code 1} and {@code "1"} collided (Hamilton), equal lists hashed differently (redun). */
final class CollisionTest {

    record Point(int x, int y) {}

    record Size(int x, int y) {}

    record Flipped(int y, int x) {}

    record Name(String first, String last) {}

    enum Color {
        RED,
        GREEN
    }

    enum Signal {
        RED
    }

    interface Declared {
        List<String> strings();

        List<Integer> integers();

        List<List<String>> nested();

        Set<String> set();

        Optional<String> optional();

        Optional<Optional<String>> twice();

        Map<String, String> map();

        Map<String, List<String>> lists();
    }

    private final Map<String, String> digests = new LinkedHashMap<>();

    private void add(String method, @Nullable Object value) {
        add(Trip.typeOf(Declared.class, method), value);
    }

    private void add(Type type, @Nullable Object value) {
        String shown = type.getTypeName() + " " + (value == null ? "null" : value + " " + digests.size());
        String digest = Trip.digest(value, type);
        assertThat(digests.get(digest)).as("collision of %s", shown).isNull();
        digests.put(digest, shown);
    }

    private void scalar(Object value) {
        add(value instanceof Path ? Path.class : value.getClass(), value);
    }

    @Test
    void different_values_have_different_digests() {
        add(String.class, null);
        List.of(1, 1L, (short) 1, (byte) 1, 1.0, 1.0f, "1", '1', "1.0", true, "true", BigInteger.ONE, BigDecimal.ONE)
                .forEach(this::scalar);
        List.of(new BigDecimal("1.0"), new BigDecimal("1.00"), 0.0, -0.0, 0.0f, -0.0f, 0, Double.NaN, Float.NaN, "NaN")
                .forEach(this::scalar);
        List.of("", "null", " ", "a", 'a', "\uD800", "\uDC00", "?", "\u00e9", "e\u0301", "a\u0000", "\u0000a")
                .forEach(this::scalar);
        List.of(
                        new byte[] {97},
                        new char[] {'a'},
                        new int[] {97},
                        new long[] {97},
                        new byte[0],
                        new int[0],
                        new long[0])
                .forEach(this::scalar);
        List.of(new int[] {0, 1}, new int[] {1, 0}, new long[] {1}, new boolean[] {true}, new byte[] {1})
                .forEach(this::scalar);
        List.of(new String[0], new String[] {"a"}, new String[] {"a", "b"}, new String[] {"ab"}, new String[][] {{"a"}})
                .forEach(this::scalar);
        List.of(Color.RED, Color.GREEN, Signal.RED, "RED", new Point(1, 2), new Point(2, 1), new Size(1, 2))
                .forEach(this::scalar);
        List.of(
                        new Flipped(1, 2),
                        new Name("ab", "c"),
                        new Name("a", "bc"),
                        new Name("a", "b"),
                        new Name("a", "bSlastSc"),
                        new Name("aSlastSb", "c"))
                .forEach(this::scalar);
        UUID id = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        List.of(id, id.toString(), Path.of("a/b"), "a/b", URI.create("a/b"), Path.of("a"), URI.create("a"))
                .forEach(this::scalar);
        List.of(LocalDate.EPOCH, "1970-01-01", LocalDateTime.parse("1970-01-01T00:00"), Instant.EPOCH)
                .forEach(this::scalar);
        List.of(
                        OffsetDateTime.parse("1970-01-01T00:00Z"),
                        OffsetDateTime.parse("1970-01-01T01:00+01:00"),
                        ZonedDateTime.parse("1970-01-01T00:00Z"),
                        ZonedDateTime.parse("1970-01-01T00:00Z[UTC]"),
                        Duration.ofHours(24),
                        Period.ofDays(1))
                .forEach(this::scalar);
        collections();
        assertThat(digests).hasSizeGreaterThan(80);
    }

    private void collections() {
        List.<List<String>>of(List.of(), List.of("a"), List.of("a", "b"), List.of("b", "a"), List.of("ab"), List.of(""))
                .forEach(each -> add("strings", each));
        add("strings", Arrays.asList("a", null));
        add("strings", Arrays.asList((String) null));
        add("integers", List.of(1));
        add("nested", List.of(List.of()));
        add("nested", List.of(List.of("a"), List.of()));
        add("nested", List.of(List.of(), List.of("a")));
        add("nested", List.of(List.of("a"), List.of("b")));
        add("nested", List.of(List.of("a", "b")));
        add("set", Set.of());
        add("set", Set.of("a"));
        add("set", Set.of("a", "b"));
        add("optional", Optional.empty());
        add("optional", Optional.of("a"));
        add("twice", Optional.of(Optional.empty()));
        add("map", Map.of());
        add("map", Map.of("a", "b"));
        add("map", Map.of("b", "a"));
        add("map", Map.of("a", "b", "b", "a"));
        add("map", Map.of("a", "a", "b", "b"));
        add("lists", Map.of("a", List.of("b")));
        add("lists", Map.of("a", List.of(), "b", List.of()));
    }

    @Test
    void equal_collections_of_other_kinds_and_orders_have_equal_digests() {
        Map<String, String> forward = new LinkedHashMap<>();
        Map<String, String> backward = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            forward.put("key" + i, "value" + i);
            backward.put("key" + (99 - i), "value" + (99 - i));
        }
        Type map = Trip.typeOf(Declared.class, "map");

        assertThat(Set.of(Trip.digest(forward, map)))
                .containsExactly(Trip.digest(backward, map))
                .containsExactly(Trip.digest(new HashMap<>(forward), map))
                .containsExactly(Trip.digest(new TreeMap<>(forward), map));
        Type strings = Trip.typeOf(Declared.class, "strings");
        assertThat(Trip.digest(List.of("a", "b"), strings)).isEqualTo(Trip.digest(Arrays.asList("a", "b"), strings));
    }
}
