package io.dagshell.engine.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.HijrahChronology;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoChronology;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistChronology;
import java.time.chrono.ThaiBuddhistDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The scalars of the closed set. */
final class Scalars {
    private Scalars() {}

    /** The one of a type or its primitive, by its name. Made when asked for: a process needs few, and starts sooner so. */
    static @Nullable Scalar<?> named(String type) {
        return switch (type) {
            case "java.lang.Byte", "byte" -> integer(Byte.class, "byte", n -> inRange(n, (byte) n, (byte) n));
            case "java.lang.Short", "short" -> integer(Short.class, "short", n -> inRange(n, (short) n, (short) n));
            case "java.lang.Integer", "int" -> integer(Integer.class, "int", n -> inRange(n, (int) n, (int) n));
            case "java.lang.Long", "long" -> integer(Long.class, "long", n -> n);
            case "java.lang.Boolean", "boolean" -> bool();
            case "java.lang.Void", "void" -> nothing();
            case "java.lang.Double", "double" -> decimal(Double.class, "double", d -> d);
            case "java.lang.Float", "float" -> decimal(Float.class, "float", d -> (float) d);
            case "java.lang.Character", "char" -> character();
            case "java.math.BigInteger" ->
                Scalar.text(BigInteger.class, "biginteger", BigInteger::toString, BigInteger::new);
            case "java.math.BigDecimal" ->
                Scalar.text(BigDecimal.class, "bigdecimal", BigDecimal::toString, BigDecimal::new);
            case "java.util.UUID" -> Scalar.text(UUID.class, "uuid", UUID::toString, UUID::fromString);
            case "java.time.Instant" -> Scalar.text(Instant.class, "instant", Instant::toString, Instant::parse);
            case "java.time.LocalDate" -> Scalar.text(LocalDate.class, "date", LocalDate::toString, LocalDate::parse);
            case "java.time.LocalTime" -> Scalar.text(LocalTime.class, "time", LocalTime::toString, LocalTime::parse);
            case "java.time.LocalDateTime" ->
                Scalar.text(LocalDateTime.class, "datetime", LocalDateTime::toString, LocalDateTime::parse);
            case "java.time.OffsetDateTime" ->
                Scalar.text(OffsetDateTime.class, "offsetdatetime", OffsetDateTime::toString, OffsetDateTime::parse);
            case "java.time.OffsetTime" ->
                Scalar.text(OffsetTime.class, "offsettime", OffsetTime::toString, OffsetTime::parse);
            case "java.time.ZonedDateTime" ->
                Scalar.text(ZonedDateTime.class, "zoneddatetime", ZonedDateTime::toString, ZonedDateTime::parse);
            case "java.time.Duration" -> Scalar.text(Duration.class, "duration", Duration::toString, Duration::parse);
            case "java.time.Period" -> Scalar.text(Period.class, "period", Period::toString, Period::parse);
            case "java.time.Year" ->
                Scalar.text(Year.class, "year", Year::toString, text -> Year.of(Integer.parseInt(text)));
            case "java.time.YearMonth" -> yearMonth();
            case "java.time.MonthDay" -> Scalar.text(MonthDay.class, "monthday", MonthDay::toString, MonthDay::parse);
            case "java.time.ZoneOffset" -> Scalar.text(ZoneOffset.class, "offset", ZoneOffset::getId, ZoneOffset::of);
            case "java.time.ZoneId" -> Scalar.text(ZoneId.class, "zone", ZoneId::getId, ZoneId::of);
            case "java.time.chrono.JapaneseDate" ->
                day(JapaneseDate.class, "japanesedate", JapaneseChronology.INSTANCE::dateEpochDay);
            case "java.time.chrono.HijrahDate" ->
                day(HijrahDate.class, "hijrahdate", HijrahChronology.INSTANCE::dateEpochDay);
            case "java.time.chrono.MinguoDate" ->
                day(MinguoDate.class, "minguodate", MinguoChronology.INSTANCE::dateEpochDay);
            case "java.time.chrono.ThaiBuddhistDate" ->
                day(ThaiBuddhistDate.class, "thaidate", ThaiBuddhistChronology.INSTANCE::dateEpochDay);
            case "java.util.OptionalInt" ->
                optional(
                        OptionalInt.class,
                        "optionalint",
                        (maybe, sink) -> maybe.ifPresent(sink::integer),
                        maybe -> maybe.isPresent() ? Optional.of(integer(maybe.getAsInt())) : Optional.empty(),
                        stored -> stored.isPresent() ? OptionalInt.of(narrow(stored.get())) : OptionalInt.empty());
            case "java.util.OptionalLong" ->
                optional(
                        OptionalLong.class,
                        "optionallong",
                        (maybe, sink) -> maybe.ifPresent(sink::integer),
                        maybe -> maybe.isPresent() ? Optional.of(integer(maybe.getAsLong())) : Optional.empty(),
                        stored -> stored.isPresent()
                                ? OptionalLong.of(Stored.integer(stored.get()))
                                : OptionalLong.empty());
            case "java.util.OptionalDouble" ->
                optional(
                        OptionalDouble.class,
                        "optionaldouble",
                        (maybe, sink) -> maybe.ifPresent(sink::decimal),
                        maybe -> maybe.isPresent() ? Optional.of(decimal(maybe.getAsDouble())) : Optional.empty(),
                        stored ->
                                stored.isPresent() ? OptionalDouble.of(decimal(stored.get())) : OptionalDouble.empty());
            default -> null;
        };
    }

    private static <T extends Number> Scalar<T> integer(Class<T> type, String tag, LongFunction<T> narrow) {
        return new Scalar<>(
                type,
                tag,
                (value, sink) -> sink.integer(value.longValue()),
                value -> LongNode.valueOf(value.longValue()),
                stored -> narrow.apply(Stored.integer(stored)));
    }

    private static <T> T inRange(long wide, long narrowed, T value) {
        if (wide != narrowed) {
            throw new ArithmeticException("stored number " + wide + " is too large for its type");
        }
        return value;
    }

    private static Scalar<Boolean> bool() {
        return new Scalar<>(
                Boolean.class, "boolean", (value, sink) -> sink.bool(value), BooleanNode::valueOf, Stored::bool);
    }

    /** The type of a method without result; its only value, {@code null}, never gets here. */
    private static Scalar<Void> nothing() {
        return new Scalar<>(Void.class, "void", (value, sink) -> {}, value -> TextNode.valueOf("void"), stored -> {
            throw new IOException("a method without result has none stored");
        });
    }

    /** Its own text does not come back for years past 9999; that of its first day does. */
    private static Scalar<YearMonth> yearMonth() {
        return Scalar.text(
                YearMonth.class,
                "yearmonth",
                month -> month.atDay(1).toString(),
                text -> YearMonth.from(LocalDate.parse(text)));
    }

    /** A day of another calendar, by the number all calendars share. */
    private static <T extends ChronoLocalDate> Scalar<T> day(Class<T> type, String tag, LongFunction<T> ofEpochDay) {
        return new Scalar<>(
                type,
                tag,
                (value, sink) -> sink.integer(value.toEpochDay()),
                value -> LongNode.valueOf(value.toEpochDay()),
                stored -> ofEpochDay.apply(Stored.integer(stored)));
    }

    private interface FromStored<T> {
        T read(Optional<JsonNode> content) throws IOException;
    }

    /** None or one number, as a list of none or one. */
    private static <T> Scalar<T> optional(
            Class<T> type,
            String tag,
            BiConsumer<T, DigestSink> item,
            Function<T, Optional<JsonNode>> content,
            FromStored<T> read) {
        return new Scalar<>(
                type,
                tag,
                (value, sink) ->
                        item.accept(value, sink.bool(content.apply(value).isPresent())),
                value -> {
                    ArrayNode list = JsonNodeFactory.instance.arrayNode();
                    content.apply(value).ifPresent(list::add);
                    return list;
                },
                stored -> read.read(Optional.ofNullable(Stored.array(stored).get(0))));
    }

    private static JsonNode integer(long value) {
        return LongNode.valueOf(value);
    }

    private static int narrow(JsonNode stored) throws IOException {
        return Math.toIntExact(Stored.integer(stored));
    }

    private static Scalar<Character> character() {
        return new Scalar<>(
                Character.class,
                "char",
                (value, sink) -> sink.integer(value),
                value -> LongNode.valueOf(value),
                stored ->
                        inRange(Stored.integer(stored), (char) Stored.integer(stored), (char) Stored.integer(stored)));
    }

    private static <T extends Number> Scalar<T> decimal(Class<T> type, String tag, DoubleFunction<T> narrow) {
        return new Scalar<>(
                type,
                tag,
                (value, sink) -> sink.decimal(value.doubleValue()),
                value -> decimal(value.doubleValue()),
                stored -> narrow.apply(decimal(stored)));
    }

    /** A float is stored as the double it equals; JSON has no word for NaN and the infinities. */
    private static JsonNode decimal(double value) {
        return Double.isFinite(value) ? DoubleNode.valueOf(value) : TextNode.valueOf(Double.toString(value));
    }

    private static double decimal(JsonNode stored) throws IOException {
        return stored.isNumber() ? stored.doubleValue() : Double.parseDouble(Stored.text(stored));
    }
}
