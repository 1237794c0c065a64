package io.dagshell.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StandardCodecsTest {

    record Point(int x, int y) {}

    record Pair<A, B>(A first, B second) {}

    record Tree(String name, List<Tree> children) {}

    sealed interface Shape permits Circle, Square, Color {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    enum Color implements Shape {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "verde";
            }
        }
    }

    sealed interface Outcome<T> {
        record Good<T>(T value) implements Outcome<T> {}

        record Bad<T>(String why) implements Outcome<T> {}
    }

    record Endless<T>(List<Endless<List<T>>> more) {}

    record Holder(Socket socket) {}

    interface Declared {
        List<Integer> integers();

        List<? extends Shape> shapes();

        Set<LocalDate> dates();

        Map<String, List<Point>> points();

        SortedMap<String, Integer> sorted();

        TreeMap<String, Integer> tree();

        ArrayList<String> arrayList();

        Collection<String> strings();

        Pair<Integer, List<Pair<String, Point>>> pair();

        Optional<Point> optional();

        Outcome<List<Integer>> outcome();

        List<String>[] lists();

        List<Socket> sockets();

        List<?> anything();

        Pair<Integer, Object> unclear();

        Endless<String> endless();

        Function<Integer, Integer> function();
    }

    static Stream<Object> scalars() {
        return Stream.of(
                (byte) -1,
                Short.MIN_VALUE,
                Integer.MAX_VALUE,
                Long.MIN_VALUE,
                true,
                'ß',
                '\uD800',
                0.1,
                0.1f,
                Float.MIN_VALUE,
                -0.0,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                "plain",
                "half \uD83D a pair",
                "x".repeat(50_000),
                "\uDC00".repeat(20_000),
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("1.00"),
                new BigDecimal("1E+400"),
                UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
                Instant.MAX,
                Instant.EPOCH.plusNanos(1),
                LocalDate.MIN,
                LocalTime.MAX,
                LocalDateTime.MAX,
                OffsetDateTime.parse("2019-01-01T00:00:00.1+05:30"),
                OffsetTime.parse("10:00+01:00"),
                ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Paris]"),
                ZonedDateTime.parse("2024-10-27T02:30:00+02:00[Europe/Paris]"),
                Duration.ofSeconds(-1, 5),
                Period.of(1, -2, 3),
                Year.of(12_345),
                YearMonth.of(12_345, 6),
                MonthDay.of(2, 29),
                ZoneOffset.ofHours(3),
                DayOfWeek.FRIDAY,
                Color.RED,
                URI.create("https://example.org/a?b=c#d"),
                new Point(1, 2));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void a_scalar_comes_back_equal_and_with_an_equal_digest(Object value) throws IOException {
        Object back = Trip.there(value, value.getClass());

        assertThat(back).isEqualTo(value);
        assertThat(Trip.digest(back, value.getClass())).isEqualTo(Trip.digest(value, value.getClass()));
    }

    static Stream<Object[]> compounds() {
        Map<String, List<Point>> points = new HashMap<>();
        points.put("a", Arrays.asList(new Point(1, 2), null));
        points.put(null, null);
        return Stream.of(
                new Object[] {"integers", List.of(1, 2)},
                new Object[] {"integers", new ArrayList<>(Arrays.asList(1, null))},
                new Object[] {"shapes", List.of(new Circle(1), new Square(1), Color.GREEN)},
                new Object[] {"dates", Set.of(LocalDate.MAX)},
                new Object[] {"points", points},
                new Object[] {"sorted", new TreeMap<>(Map.of("b", 1, "a", 2))},
                new Object[] {"tree", new TreeMap<>(Map.of("b", 1, "a", 2))},
                new Object[] {"arrayList", new ArrayList<>(List.of("x"))},
                new Object[] {"strings", List.of("x")},
                new Object[] {"strings", Set.of("x")},
                new Object[] {"pair", new Pair<>(1, List.of(new Pair<>("a", new Point(3, 4))))},
                new Object[] {"optional", Optional.of(new Point(1, 1))},
                new Object[] {"optional", Optional.empty()},
                new Object[] {"outcome", new Outcome.Good<>(List.of(1))},
                new Object[] {"outcome", new Outcome.Bad<>("no")});
    }

    @ParameterizedTest
    @MethodSource("compounds")
    void a_compound_comes_back_equal_and_with_an_equal_digest(String method, Object value) throws IOException {
        Type type = Trip.typeOf(Declared.class, method);
        assertThat(Trip.CODECS.missing(type)).isEmpty();

        Object back = Trip.there(value, type);

        assertThat(back).isEqualTo(value);
        assertThat(Trip.digest(back, type)).isEqualTo(Trip.digest(value, type));
    }

    @Test
    void arrays_come_back_with_equal_elements() throws IOException {
        for (Object array : new Object[] {
            new byte[] {1, -1},
            new byte[10_000],
            new boolean[] {true, false},
            new short[] {1},
            new char[] {'a', '\uD800'},
            new int[] {Integer.MIN_VALUE},
            new long[2_000],
            new float[] {Float.NaN, -0.0f},
            new double[] {Double.NaN, 1e300},
            new String[] {"a", null},
            new Point[][] {{new Point(1, 2)}, {}}
        }) {
            Object back = Trip.there(array, array.getClass());

            assertThat(back).isExactlyInstanceOf(array.getClass());
            assertThat(Arrays.deepEquals(new Object[] {back}, new Object[] {array}))
                    .isTrue();
            assertThat(Trip.digest(back, array.getClass())).isEqualTo(Trip.digest(array, array.getClass()));
        }
        Object lists = Trip.there(new List<?>[] {List.of("a")}, Trip.typeOf(Declared.class, "lists"));
        assertThat((List<?>[]) lists).containsExactly(List.of("a"));
    }

    @Test
    void a_type_that_holds_itself_has_a_codec() throws IOException {
        Tree tree = new Tree("root", List.of(new Tree("leaf", List.of())));

        assertThat(Trip.CODECS.missing(Tree.class)).isEmpty();
        assertThat(Trip.there(tree, Tree.class)).isEqualTo(tree);
    }

    @Test
    void an_unsupported_type_anywhere_inside_is_named() {
        assertThat(Trip.CODECS.missing(Holder.class)).contains(Socket.class);
        assertThat(missing("sockets")).isEqualTo("Socket");
        assertThat(missing("anything")).isEqualTo("Object");
        assertThat(missing("unclear")).isEqualTo("Object");
        assertThat(missing("function")).isEqualTo("Function<Integer, Integer>");
        assertThat(Trip.CODECS.missing(Number.class)).contains(Number.class);
        assertThat(Trip.CODECS.missing(List.class)).contains(Object.class);
        assertThat(Trip.CODECS.missing(Trip.typeOf(Declared.class, "endless"))).isPresent();
    }

    private static String missing(String method) {
        return TypeNames.shortName(
                Trip.CODECS.missing(Trip.typeOf(Declared.class, method)).orElseThrow());
    }

    @Test
    void well_known_collections_come_back_as_themselves_and_others_unmodifiable() throws IOException {
        Type integers = Trip.typeOf(Declared.class, "integers");

        assertThat(Trip.there(new ArrayList<>(List.of(1)), integers)).isExactlyInstanceOf(ArrayList.class);
        List<?> fixed = (List<?>) Objects.requireNonNull(Trip.there(Arrays.asList(1, 2), integers));
        assertThatThrownBy(fixed::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_map_keeps_the_order_it_had() throws IOException {
        Map<String, List<Point>> map = new LinkedHashMap<>();
        map.put("z", List.of());
        map.put("a", List.of());

        Map<?, ?> back = (Map<?, ?>) Objects.requireNonNull(Trip.there(map, Trip.typeOf(Declared.class, "points")));

        assertThat(back.keySet().toString()).isEqualTo("[z, a]");
    }

    @Test
    void a_map_sorted_by_an_order_of_its_own_is_refused_in_words() {
        SortedMap<String, Integer> reversed = new TreeMap<>(Comparator.reverseOrder());

        assertThatThrownBy(() -> Trip.digest(reversed, Trip.typeOf(Declared.class, "sorted")))
                .isInstanceOf(UnsupportedValueException.class)
                .hasMessage("no codec for a SortedMap with an order of its own");
    }

    @Test
    void an_element_of_another_type_than_declared_is_refused_in_words() {
        assertThatThrownBy(() -> Trip.digest(List.of("text"), Trip.typeOf(Declared.class, "integers")))
                .isInstanceOf(UnsupportedValueException.class)
                .hasMessage("a String where Integer is declared");
    }

    @Test
    void a_file_is_its_content_and_comes_back_as_a_file_of_that_name(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one.csv"), "a,b");
        Path two = Files.writeString(folder.resolve("two.csv"), "a,b");
        Path absent = folder.resolve("absent.csv");

        assertThat(Trip.digest(one, Path.class)).isEqualTo(Trip.digest(two, Path.class));
        assertThat(Trip.digest(one.toUri(), URI.class)).isEqualTo(Trip.digest(two.toUri(), URI.class));
        String before = Trip.digest(one, Path.class);
        Files.writeString(one, "a,c");
        assertThat(Trip.digest(one, Path.class)).isNotEqualTo(before);
        Path back = (Path) Trip.there(one, Path.class);
        assertThat(back).isNotNull().hasFileName("one.csv").hasContent("a,c");
        assertThat(Trip.there(absent, Path.class)).isEqualTo(absent);
    }
}
