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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The scalar types a parameter may have. Immutable and thread-safe. */
final class Scalars {
    private static final String WHOLE = "a whole number";
    private static final String DECIMAL = "a number";

    private static final List<Scalar> ALL = List.of(
            of(Integer.class, WHOLE + " of at most 32 bits", "2021", Kind.INTEGER, "int32", Integer::valueOf),
            of(Long.class, WHOLE + " of at most 64 bits", "2021", Kind.INTEGER, "int64", Long::valueOf),
            of(Short.class, WHOLE + " of at most 16 bits", "2021", Kind.INTEGER, "", Short::valueOf),
            of(Byte.class, WHOLE + " of at most 8 bits", "21", Kind.INTEGER, "", Byte::valueOf),
            of(BigInteger.class, WHOLE, "2021", Kind.INTEGER, "", BigInteger::new),
            of(Double.class, DECIMAL, "1.5", Kind.NUMBER, "double", Scalars::decimal),
            of(Float.class, DECIMAL, "1.5", Kind.NUMBER, "float", text -> (float) decimal(text)),
            of(BigDecimal.class, DECIMAL, "1.50", Kind.NUMBER, "", BigDecimal::new),
            of(Boolean.class, "true or false", "true", Kind.BOOLEAN, "", Scalars::truth),
            of(String.class, "text", "green", Kind.TEXT, "", text -> text),
            of(Character.class, "one character", "a", Kind.TEXT, "", Scalars::character),
            of(LocalDate.class, "a date", "2021-01-31", Kind.TEXT, "date", LocalDate::parse),
            of(LocalTime.class, "a time of day", "06:30", Kind.TEXT, "local-time", LocalTime::parse),
            of(
                    LocalDateTime.class,
                    "a date and time",
                    "2021-01-31T06:30",
                    Kind.TEXT,
                    "local-date-time",
                    text -> LocalDateTime.parse(withT(text))),
            of(
                    Instant.class,
                    "an instant",
                    "2021-01-31T06:30:00Z",
                    Kind.TEXT,
                    "date-time",
                    text -> OffsetDateTime.parse(withT(text)).toInstant()),
            of(
                    OffsetDateTime.class,
                    "a time with offset",
                    "2021-01-31T06:30:00+01:00",
                    Kind.TEXT,
                    "date-time",
                    text -> OffsetDateTime.parse(withT(text))),
            of(
                    ZonedDateTime.class,
                    "a time with zone",
                    "2021-01-31T06:30+01:00[Europe/Paris]",
                    Kind.TEXT,
                    "zoned",
                    text -> ZonedDateTime.parse(withT(text))),
            of(YearMonth.class, "a month of a year", "2021-01", Kind.TEXT, "year-month", YearMonth::parse),
            of(Year.class, "a year", "2021", Kind.TEXT, "year", Year::parse),
            of(Duration.class, "a duration", "10s, 5min, 1h, 1d or PT10S", Kind.TEXT, "duration", DurationText::parse),
            of(ZoneId.class, "a time zone", "Europe/Paris", Kind.TEXT, "zone", ZoneId::of),
            of(URI.class, "an address", "https://example.com/a.csv", Kind.TEXT, "uri", URI::create),
            of(Path.class, "a path", "data/a.csv", Kind.TEXT, "", Path::of),
            of(UUID.class, "a UUID", "123e4567-e89b-42d3-a456-426614174000", Kind.TEXT, "uuid", UUID::fromString));

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "int", Integer.class,
            "long", Long.class,
            "short", Short.class,
            "byte", Byte.class,
            "double", Double.class,
            "float", Float.class,
            "boolean", Boolean.class,
            "char", Character.class);

    private static final Map<String, Scalar> BY_NAME = byName();

    private Scalars() {}

    private static Scalar of(
            Class<?> type, String words, String example, Kind kind, String format, Function<String, Object> parse) {
        return new Scalar(type, words, example, kind, format, parse);
    }

    private static Map<String, Scalar> byName() {
        Map<String, Scalar> byName = new HashMap<>();
        ALL.forEach(scalar -> byName.put(scalar.type().getName(), scalar));
        PRIMITIVES.forEach((name, boxed) -> byName.put(name, byName.get(boxed.getName())));
        return Map.copyOf(byName);
    }

    /** By the name of the type, primitive or not. */
    static Optional<Scalar> named(String type) {
        return Optional.ofNullable(BY_NAME.get(type));
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
