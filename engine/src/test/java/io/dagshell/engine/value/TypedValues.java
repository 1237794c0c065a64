package io.dagshell.engine.value;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
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
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * A type of the closed set and values of it.
 *
 * @param ordered may be an element of a set or a key: equal by {@code equals}
 */
record TypedValues(Type type, Arbitrary<Object> values, boolean ordered) {

    /** Two values of one type. */
    record Two(Type type, Object one, Object other) {}

    enum Signal {
        STOP,
        GO {
            @Override
            public String toString() {
                return "STOP";
            }
        }
    }

    record Pair<A, B>(A first, @Nullable B second) {}

    sealed interface Result<T> permits Good, Bad {}

    record Good<T>(T value) implements Result<T> {}

    record Bad<T>(String why) implements Result<T> {}

    static Arbitrary<Two> twoOfOneType() {
        return types(3).flatMap(typed -> Combinators.combine(typed.values(), typed.values())
                .as((one, other) -> new Two(typed.type(), one, other)));
    }

    /** Types nested at most so deep. */
    static Arbitrary<TypedValues> types(int depth) {
        Arbitrary<TypedValues> simple = Arbitraries.of(scalars());
        return depth == 0 ? simple : Arbitraries.oneOf(simple, compounds(depth - 1));
    }

    private static Arbitrary<TypedValues> compounds(int depth) {
        List<Function<TypedValues, TypedValues>> around = List.of(
                TypedValues::list,
                TypedValues::array,
                TypedValues::set,
                TypedValues::optional,
                TypedValues::deque,
                TypedValues::map,
                TypedValues::entry,
                TypedValues::pair,
                TypedValues::result);
        return Combinators.combine(Arbitraries.of(around), types(depth)).as(Function::apply);
    }

    private Arbitrary<Object> orNull() {
        return values.injectNull(0.1);
    }

    private TypedValues list() {
        return of(List.class, orNull().list().ofMaxSize(3).map(Object.class::cast), ordered);
    }

    private TypedValues deque() {
        return of(Deque.class, values.list().ofMaxSize(3).map(ArrayDeque::new), false);
    }

    private TypedValues set() {
        return ordered ? of(Set.class, values.set().ofMaxSize(3).map(Object.class::cast), true) : list();
    }

    private TypedValues optional() {
        return of(Optional.class, orNull().map(Optional::ofNullable), ordered);
    }

    private TypedValues map() {
        TypedValues keys = ordered ? this : scalars().get(0);
        return new TypedValues(
                new Types.Parameterized(Map.class, List.of(keys.type, type)),
                Arbitraries.maps(keys.values, orNull()).ofMaxSize(3).map(Object.class::cast),
                ordered);
    }

    private TypedValues entry() {
        return new TypedValues(
                new Types.Parameterized(Map.Entry.class, List.of(String.class, type)),
                orNull().map(value -> new AbstractMap.SimpleImmutableEntry<>("key", value)),
                ordered);
    }

    private TypedValues pair() {
        return new TypedValues(
                new Types.Parameterized(Pair.class, List.of(type, type)),
                Combinators.combine(values, orNull()).as(Pair::new),
                ordered);
    }

    private TypedValues result() {
        Arbitrary<Object> good = values.map(Good::new);
        return of(Result.class, Arbitraries.oneOf(good, Arbitraries.of("", "no").map(Bad::new)), ordered);
    }

    private TypedValues array() {
        Type array = type instanceof Class<?> plain ? plain.arrayType() : new Types.ArrayOf(type);
        return new TypedValues(array, orNull().list().ofMaxSize(3).map(this::asArray), false);
    }

    private Object asArray(List<?> items) {
        Object array = Array.newInstance(Types.raw(type), items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, items.get(i));
        }
        return array;
    }

    private TypedValues of(Class<?> raw, Arbitrary<Object> made, boolean equal) {
        return new TypedValues(new Types.Parameterized(raw, List.of(type)), made, equal);
    }

    private static <T> TypedValues scalar(Class<T> type, Arbitrary<? extends T> values) {
        return new TypedValues(type, values.map(Object.class::cast), !type.isArray());
    }

    @SafeVarargs
    private static <T> Arbitrary<T> edgy(Arbitrary<T> any, T... edges) {
        return Arbitraries.oneOf(any, Arbitraries.of(edges));
    }

    private static List<TypedValues> scalars() {
        Arbitrary<Long> seconds = edgy(Arbitraries.longs(), Long.MIN_VALUE, Long.MAX_VALUE, -1L);
        Arbitrary<Integer> nanos = Arbitraries.integers().between(0, 999_999_999);
        Arbitrary<LocalDate> dates = edgy(
                Arbitraries.longs().between(-365_243_219_162L, 365_241_780_471L).map(LocalDate::ofEpochDay),
                LocalDate.MIN,
                LocalDate.MAX,
                LocalDate.of(9999, 12, 31),
                LocalDate.of(2024, 10, 27));
        Arbitrary<LocalDate> modern =
                Arbitraries.longs().between(-3_000, 36_000).map(LocalDate::ofEpochDay);
        Arbitrary<LocalTime> times = edgy(
                Arbitraries.longs().between(0, 86_399_999_999_999L).map(LocalTime::ofNanoOfDay),
                LocalTime.MIDNIGHT,
                LocalTime.MAX,
                LocalTime.of(2, 30));
        Arbitrary<LocalDateTime> moments = Combinators.combine(dates, times).as(LocalDateTime::of);
        Arbitrary<ZoneOffset> offsets =
                Arbitraries.integers().between(-18 * 3600, 18 * 3600).map(ZoneOffset::ofTotalSeconds);
        Arbitrary<ZoneId> zones = Arbitraries.oneOf(
                Arbitraries.of("Europe/Paris", "UTC", "Z", "GMT+1", "UTC-03:30", "America/New_York", "Etc/GMT-14")
                        .map(ZoneId::of),
                offsets.map(ZoneId.class::cast));
        Arbitrary<Integer> years = edgy(Arbitraries.integers().between(-999_999_999, 999_999_999), 0, 9999, 10_000);
        return List.of(
                scalar(String.class, edgy(Arbitraries.strings().ofMaxLength(6), "", "\uD83D", "\uDE00", "\u0000")),
                scalar(Byte.class, Arbitraries.bytes()),
                scalar(Short.class, Arbitraries.shorts()),
                scalar(Integer.class, Arbitraries.integers()),
                scalar(Long.class, Arbitraries.longs()),
                scalar(Float.class, edgy(Arbitraries.floats(), -0.0f, Float.NaN, Float.NEGATIVE_INFINITY)),
                scalar(Double.class, edgy(Arbitraries.doubles(), -0.0, Double.NaN, Double.POSITIVE_INFINITY)),
                scalar(Boolean.class, Arbitraries.of(true, false)),
                scalar(Character.class, Arbitraries.chars()),
                scalar(BigInteger.class, Arbitraries.bigIntegers()),
                scalar(BigDecimal.class, edgy(Arbitraries.bigDecimals(), new BigDecimal("1E+9"), new BigDecimal("1"))),
                scalar(UUID.class, Combinators.combine(seconds, seconds).as(UUID::new)),
                scalar(
                        URI.class,
                        Arbitraries.of("https://a.b/c?d=e#f", "a", "mailto:x@y").map(URI::create)),
                scalar(
                        Path.class,
                        Arbitraries.of("no/such", "/no/such/file", "no such").map(Path::of)),
                scalar(Signal.class, Arbitraries.of(Signal.class)),
                scalar(ChronoUnit.class, Arbitraries.of(ChronoUnit.class)),
                scalar(
                        Instant.class,
                        edgy(
                                Combinators.combine(
                                                Arbitraries.longs().between(-31557014167219200L, 31556889864403199L),
                                                nanos)
                                        .as(Instant::ofEpochSecond),
                                Instant.MIN,
                                Instant.MAX)),
                scalar(LocalDate.class, dates),
                scalar(LocalTime.class, times),
                scalar(LocalDateTime.class, moments),
                scalar(OffsetTime.class, Combinators.combine(times, offsets).as(OffsetTime::of)),
                scalar(
                        OffsetDateTime.class,
                        Combinators.combine(moments, offsets).as(OffsetDateTime::of)),
                scalar(
                        ZonedDateTime.class,
                        Combinators.combine(
                                        Arbitraries.oneOf(
                                                modern,
                                                Arbitraries.of(LocalDate.of(2024, 10, 27), LocalDate.of(2024, 11, 3))),
                                        times,
                                        zones,
                                        Arbitraries.of(true, false))
                                .as((day, time, zone, later) -> {
                                    ZonedDateTime made = ZonedDateTime.of(day, time, zone);
                                    return later ? made.withLaterOffsetAtOverlap() : made;
                                })),
                scalar(Duration.class, Combinators.combine(seconds, nanos).as(TypedValues::duration)),
                scalar(
                        Period.class,
                        Combinators.combine(Arbitraries.integers(), Arbitraries.integers(), Arbitraries.integers())
                                .as(Period::of)),
                scalar(Year.class, years.map(Year::of)),
                scalar(YearMonth.class, years.map(year -> YearMonth.of(year, 1 + Math.floorMod(year, 12)))),
                scalar(MonthDay.class, Arbitraries.integers().between(1, 12).map(month -> MonthDay.of(month, 29))),
                scalar(ZoneOffset.class, offsets),
                scalar(ZoneId.class, zones),
                scalar(JapaneseDate.class, modern.map(JapaneseDate::from)),
                scalar(HijrahDate.class, modern.map(HijrahDate::from)),
                scalar(MinguoDate.class, modern.map(MinguoDate::from)),
                scalar(ThaiBuddhistDate.class, modern.map(ThaiBuddhistDate::from)),
                scalar(OptionalInt.class, edgy(Arbitraries.integers().map(OptionalInt::of), OptionalInt.empty())),
                scalar(OptionalLong.class, edgy(Arbitraries.longs().map(OptionalLong::of), OptionalLong.empty())),
                scalar(
                        OptionalDouble.class,
                        edgy(
                                Arbitraries.doubles().map(OptionalDouble::of),
                                OptionalDouble.empty(),
                                OptionalDouble.of(-0.0),
                                OptionalDouble.of(Double.NaN),
                                OptionalDouble.of(Double.POSITIVE_INFINITY))),
                new TypedValues(
                        new Types.Parameterized(EnumSet.class, List.of(Signal.class)),
                        Arbitraries.of(
                                EnumSet.noneOf(Signal.class), EnumSet.of(Signal.GO), EnumSet.allOf(Signal.class)),
                        true),
                scalar(
                        boolean[].class,
                        Arbitraries.of(true, false).array(boolean[].class).ofMaxSize(4)),
                scalar(byte[].class, Arbitraries.bytes().array(byte[].class).ofMaxSize(4)),
                scalar(short[].class, Arbitraries.shorts().array(short[].class).ofMaxSize(4)),
                scalar(char[].class, Arbitraries.chars().array(char[].class).ofMaxSize(4)),
                scalar(int[].class, Arbitraries.integers().array(int[].class).ofMaxSize(4)),
                scalar(long[].class, Arbitraries.longs().array(long[].class).ofMaxSize(4)),
                scalar(float[].class, Arbitraries.floats().array(float[].class).ofMaxSize(4)),
                scalar(
                        double[].class,
                        Arbitraries.doubles().array(double[].class).ofMaxSize(4)));
    }

    private static Duration duration(long seconds, int nanos) {
        return Duration.ofSeconds(seconds, nanos);
    }

    /** Equal as people mean it: arrays and queues by what is in them. */
    static boolean equal(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == other;
        }
        if (one.getClass().isArray() && other.getClass().isArray()) {
            return equal(items(one), items(other));
        }
        if (one instanceof Pair<?, ?> a && other instanceof Pair<?, ?> b) {
            return equal(a.first(), b.first()) && equal(a.second(), b.second());
        }
        if (one instanceof Good<?> a && other instanceof Good<?> b) {
            return equal(a.value(), b.value());
        }
        if (one instanceof Optional<?> a && other instanceof Optional<?> b) {
            return equal(a.orElse(null), b.orElse(null));
        }
        if (one instanceof Map.Entry<?, ?> a && other instanceof Map.Entry<?, ?> b) {
            return equal(a.getKey(), b.getKey()) && equal(a.getValue(), b.getValue());
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> equal(a.get(key), b.get(key)));
        }
        return sequence(one) && sequence(other) ? equal(items(one), items(other)) : one.equals(other);
    }

    private static boolean sequence(Object value) {
        return value instanceof List || value instanceof Deque;
    }

    private static boolean equal(Object[] one, Object[] other) {
        if (one.length != other.length) {
            return false;
        }
        for (int i = 0; i < one.length; i++) {
            if (!equal(one[i], other[i])) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object[] items(Object value) {
        if (value instanceof java.util.Collection<?> collection) {
            return collection.toArray();
        }
        @Nullable Object[] items = new Object[Array.getLength(value)];
        Arrays.setAll(items, index -> Array.get(value, index));
        return items;
    }

    static List<TypedValues> all() {
        return Collections.unmodifiableList(scalars());
    }
}
