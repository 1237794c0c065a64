package io.dagshell.engine.parameter;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of parameters that stand for the period a scheduled run is due for: {@code ${scheduled.month}}, {@code
 * ${scheduled.date}}. A number may be padded: {@code ${scheduled.month:02}}. {@code $${} is a literal {@code ${}.
 * Immutable and thread-safe.
 */
public final class ScheduledText {
    private static final Pattern PLACE = Pattern.compile("\\$?\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("scheduled\\.([a-z]+)(?::0(\\d))?");

    private static final Map<String, Function<ZonedDateTime, String>> PARTS = new TreeMap<>(Map.of(
            "year", due -> String.valueOf(due.getYear()),
            "month", due -> String.valueOf(due.getMonthValue()),
            "day", due -> String.valueOf(due.getDayOfMonth()),
            "hour", due -> String.valueOf(due.getHour()),
            "minute", due -> String.valueOf(due.getMinute()),
            "date", due -> due.toLocalDate().toString(),
            "datetime", due -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(due.with(ChronoField.NANO_OF_SECOND, 0)),
            "instant", due -> due.toInstant().toString(),
            "epoch", due -> String.valueOf(due.toEpochSecond())));

    private ScheduledText() {}

    /**
     * {@code text} with its places filled for that due instant in that zone.
     *
     * @throws ParameterException a place that does not exist
     */
    public static String resolve(String text, Instant due, ZoneId zone) {
        ZonedDateTime local = due.atZone(zone);
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(fill(place.group(), local)));
    }

    private static String fill(String place, ZonedDateTime due) {
        if (place.startsWith("$$")) {
            return place.substring(1);
        }
        Matcher name = NAME.matcher(place.substring(2, place.length() - 1));
        Function<ZonedDateTime, String> part = name.matches() ? PARTS.get(name.group(1)) : null;
        if (part == null) {
            throw new ParameterException(place + " is not known; there are "
                    + String.join(
                            ", ",
                            PARTS.keySet().stream()
                                    .map(known -> "${scheduled." + known + "}")
                                    .toList()));
        }
        String value = part.apply(due);
        String width = name.group(2);
        if (width == null) {
            return value;
        }
        if (!value.chars().allMatch(Character::isDigit)) {
            throw new ParameterException(place + " is no number and cannot be padded");
        }
        return String.format(Locale.ROOT, "%0" + width + "d", Long.parseLong(value));
    }
}
