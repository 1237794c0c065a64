package io.dagshell.engine.parameter;

import io.dagshell.engine.parameter.Scalar.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The scalar types a parameter may have. Immutable and thread-safe. */
final class Scalars {
    private static final String WHOLE = "a whole number";
    private static final String DECIMAL = "a number";

    private Scalars() {}

    private static Scalar of(
            Class<?> type, String words, String example, Kind kind, String format, Function<String, Object> parse) {
        return new Scalar(type, words, example, kind, format, parse);
    }

    /** By the name of the type, primitive or not. */
    static Optional<Scalar> named(String type) {
        return Optional.ofNullable(ofName(type));
    }

    /** Each made when it is asked for: a process of a run needs few of them, and starts sooner without the others. */
    private static @Nullable Scalar ofName(String type) {
        return switch (type) {
            case "java.lang.Integer", "int" ->
                of(Integer.class, WHOLE + " of at most 32 bits", "2021", Kind.INTEGER, "int32", Integer::valueOf);
            case "java.lang.Long", "long" ->
                of(Long.class, WHOLE + " of at most 64 bits", "2021", Kind.INTEGER, "int64", Long::valueOf);
            case "java.lang.Short", "short" ->
                of(Short.class, WHOLE + " of at most 16 bits", "2021", Kind.INTEGER, "", Short::valueOf);
            case "java.lang.Byte", "byte" ->
                of(Byte.class, WHOLE + " of at most 8 bits", "21", Kind.INTEGER, "", Byte::valueOf);
            case "java.math.BigInteger" -> of(BigInteger.class, WHOLE, "2021", Kind.INTEGER, "", BigInteger::new);
            case "java.lang.Double", "double" ->
                of(Double.class, DECIMAL, "1.5", Kind.NUMBER, "double", Scalars::decimal);
            case "java.lang.Float", "float" ->
                of(Float.class, DECIMAL, "1.5", Kind.NUMBER, "float", text -> (float) decimal(text));
            case "java.math.BigDecimal" -> of(BigDecimal.class, DECIMAL, "1.50", Kind.NUMBER, "", BigDecimal::new);
            case "java.lang.Boolean", "boolean" ->
                of(Boolean.class, "true or false", "true", Kind.BOOLEAN, "", Scalars::truth);
            case "java.lang.String" -> of(String.class, "text", "green", Kind.TEXT, "", text -> text);
            case "java.lang.Character", "char" ->
                of(Character.class, "one character", "a", Kind.TEXT, "", Scalars::character);
            case "java.time.LocalDate" ->
                of(LocalDate.class, "a date", "2021-01-31", Kind.TEXT, "date", LocalDate::parse);
            case "java.time.LocalTime" ->
                of(LocalTime.class, "a time of day", "06:30", Kind.TEXT, "local-time", LocalTime::parse);
            case "java.time.LocalDateTime" ->
                of(
                        LocalDateTime.class,
                        "a date and time",
                        "2021-01-31T06:30",
                        Kind.TEXT,
                        "local-date-time",
                        text -> LocalDateTime.parse(withT(text)));
            case "java.time.Instant" ->
                of(
                        Instant.class,
                        "an instant",
                        "2021-01-31T06:30:00Z",
                        Kind.TEXT,
                        "date-time",
                        text -> OffsetDateTime.parse(withT(text)).toInstant());
            case "java.time.OffsetDateTime" ->
                of(
                        OffsetDateTime.class,
                        "a time with offset",
                        "2021-01-31T06:30:00+01:00",
                        Kind.TEXT,
                        "date-time",
                        text -> OffsetDateTime.parse(withT(text)));
            case "java.time.ZonedDateTime" ->
                of(
                        ZonedDateTime.class,
                        "a time with zone",
                        "2021-01-31T06:30+01:00[Europe/Paris]",
                        Kind.TEXT,
                        "zoned",
                        text -> ZonedDateTime.parse(withT(text)));
            case "java.time.YearMonth" ->
                of(YearMonth.class, "a month of a year", "2021-01", Kind.TEXT, "year-month", YearMonth::parse);
            case "java.time.Year" -> of(Year.class, "a year", "2021", Kind.TEXT, "year", Year::parse);
            case "java.time.Duration" ->
                of(
                        Duration.class,
                        "a duration",
                        "10s, 5min, 1h, 1d or PT10S",
                        Kind.TEXT,
                        "duration",
                        DurationText::parse);
            case "java.time.ZoneId" -> of(ZoneId.class, "a time zone", "Europe/Paris", Kind.TEXT, "zone", ZoneId::of);
            case "java.net.URI" ->
                of(URI.class, "an address", "https://example.com/a.csv", Kind.TEXT, "uri", URI::create);
            case "java.nio.file.Path" -> of(Path.class, "a path", "data/a.csv", Kind.TEXT, "", Path::of);
            case "java.util.UUID" ->
                of(UUID.class, "a UUID", "123e4567-e89b-42d3-a456-426614174000", Kind.TEXT, "uuid", UUID::fromString);
            default -> null;
        };
    }

    /** By the class of a value; paths and zones are of many classes. */
    static Optional<Scalar> of(Object value) {
        if (value instanceof Path) {
            return named(Path.class.getName());
        }
        if (value instanceof ZoneId) {
            return named(ZoneId.class.getName());
        }
        return named(value.getClass().getName());
    }

    private static double decimal(String text) {
        boolean endsInLetter = text.endsWith("d") || text.endsWith("f") || text.endsWith("D") || text.endsWith("F");
        if (endsInLetter || text.toLowerCase(Locale.ROOT).contains("x")) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static char character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }

    /** People write a space where ISO 8601 wants a T. */
    private static String withT(String text) {
        return text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
    }
}
