package io.dagshell.engine.cache;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** A small value for each codec. */
final class SmallEntries {
    private SmallEntries() {}

    /** Its name is the type's. */
    record Small(Type type, Object value) {
        @Override
        public String toString() {
            return type.getTypeName().replaceAll("[\\w.]+[.$]", "");
        }
    }

    record Point(int x, List<String> names) {}

    sealed interface Shape permits Circle, Dot {}

    record Circle(double radius) implements Shape {}

    enum Dot implements Shape {
        DOT
    }

    @SuppressWarnings("unused") // for their types
    interface Types {
        List<Integer> list();

        Deque<String> deque();

        Set<LocalDate> set();

        Collection<Long> collection();

        Map<String, List<Double>> map();

        TreeMap<String, Integer> tree();

        EnumMap<DayOfWeek, Integer> enumMap();

        EnumSet<DayOfWeek> enumSet();

        Map.Entry<String, Integer> entry();

        Optional<Point> optional();

        List<String>[] lists();

        List<Shape> shapes();
    }

    static Stream<Small> all() {
        return Stream.of(scalars(), times(), compounds()).flatMap(each -> each);
    }

    private static Stream<Small> scalars() {
        return Stream.of(
                        (byte) 1,
                        (short) 2,
                        3,
                        4L,
                        true,
                        'x',
                        0.5,
                        0.25f,
                        "text",
                        "\uD83D half",
                        "long ".repeat(4_000),
                        new BigInteger("12345678901234567890"),
                        new BigDecimal("1.50"),
                        UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
                        URI.create("https://example.org/a?b"),
                        OptionalInt.of(3),
                        OptionalLong.empty(),
                        OptionalDouble.of(2.5),
                        Dot.DOT,
                        new Point(1, List.of("a", "b")),
                        new byte[] {1, 2},
                        new boolean[] {true},
                        new char[] {'a'},
                        new short[] {1},
                        new int[] {1, 2},
                        new long[] {3},
                        new float[] {1},
                        new double[] {2, 3},
                        new String[] {"a", "b"},
                        new int[][] {{1}, {2, 3}},
                        new byte[5_000])
                .map(value -> new Small(value instanceof Dot ? Dot.class : value.getClass(), value));
    }

    private static Stream<Small> times() {
        Stream<Small> exact = Stream.of(
                        Instant.EPOCH,
                        LocalDate.EPOCH,
                        LocalTime.NOON,
                        LocalDateTime.MAX,
                        OffsetDateTime.parse("2019-01-01T00:00:00.1+05:30"),
                        OffsetTime.parse("10:00+01:00"),
                        ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Paris]"),
                        Duration.ofMillis(1_500),
                        Period.of(1, 2, 3),
                        Year.of(2021),
                        YearMonth.of(2021, 1),
                        MonthDay.of(2, 29),
                        DayOfWeek.FRIDAY,
                        ZoneOffset.ofHours(3),
                        JapaneseDate.of(2021, 1, 1))
                .map(value -> new Small(value.getClass(), value));
        return Stream.concat(
                exact,
                Stream.of(
                        new Small(ZoneId.class, ZoneId.of("Europe/Paris")),
                        new Small(Path.class, Path.of("no/such/file"))));
    }

    private static Stream<Small> compounds() {
        return Stream.of(
                typed("list", new ArrayList<>(List.of(1, 2, 3))),
                typed("deque", new ArrayDeque<>(List.of("a"))),
                typed("set", new TreeSet<>(Set.of(LocalDate.EPOCH, LocalDate.MAX))),
                typed("collection", List.of(1L)),
                typed("map", Map.of("a", List.of(1.5))),
                typed("tree", new TreeMap<>(Map.of("b", 1, "a", 2))),
                typed("enumMap", new EnumMap<>(Map.of(DayOfWeek.MONDAY, 1))),
                typed("enumSet", EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)),
                typed("entry", new AbstractMap.SimpleImmutableEntry<>("key", 7)),
                typed("optional", Optional.of(new Point(2, List.of()))),
                typed("lists", new List<?>[] {List.of("x")}),
                typed("shapes", List.of(new Circle(1), Dot.DOT)));
    }

    private static Small typed(String method, Object value) {
        try {
            return new Small(Types.class.getDeclaredMethod(method).getGenericReturnType(), value);
        } catch (NoSuchMethodException missing) {
            throw new IllegalArgumentException(missing);
        }
    }
}
