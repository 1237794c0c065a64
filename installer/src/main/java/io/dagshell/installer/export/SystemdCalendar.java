package io.dagshell.installer.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Cron's fields as systemd's calendar events, such as {@code Mon,Tue *-*-* 06:00/15:00 Europe/Berlin}. */
final class SystemdCalendar {
    private static final List<String> DAYS = List.of("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Map<String, Integer> NAMES =
            DAYS.stream().collect(Collectors.toMap(day -> day.toLowerCase(Locale.ROOT), DAYS::indexOf));

    private SystemdCalendar() {}

    /** One, or two where cron means either of a day of the month and a day of the week. */
    static List<String> of(CronFields cron) {
        String time = field(cron.hour()) + ":" + field(cron.minute()) + ":00 " + cron.zoneName();
        String month = months(cron.month());
        String byDay = "*-" + month + "-" + field(cron.day()) + " " + time;
        String byWeekday = weekdays(cron.weekday()) + " *-" + month + "-* " + time;
        List<String> events = new ArrayList<>();
        if (!cron.day().equals("*") || cron.weekday().equals("*")) {
            events.add(byDay);
        }
        if (!cron.weekday().equals("*")) {
            events.add(byWeekday);
        }
        return events;
    }

    private static String field(String field) {
        List<String> items = new ArrayList<>();
        for (String item : field.split(",", -1)) {
            String spaced = item.replace("-", "..");
            items.add(spaced.startsWith("*/") ? "0" + spaced.substring(1) : spaced);
        }
        return String.join(",", items);
    }

    private static String months(String field) {
        String numbers = field.toLowerCase(Locale.ROOT);
        for (String name : MONTHS) {
            numbers = numbers.replace(name, Integer.toString(MONTHS.indexOf(name) + 1));
        }
        return numbers.startsWith("*/") ? "1" + numbers.substring(1) : field(numbers);
    }

    /** Each by its name: cron's weeks begin on Sunday, and systemd's on Monday. */
    private static String weekdays(String field) {
        TreeSet<Integer> days = new TreeSet<>();
        for (String item : field.split(",", -1)) {
            String[] parts = item.split("/", -1);
            int step = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            String[] ends = parts[0].equals("*") ? new String[] {"0", "6"} : parts[0].split("-", -1);
            int first = day(ends[0]);
            int last = ends.length > 1 ? day(ends[1]) : parts.length > 1 ? 6 : first;
            for (int day = first; day <= (last < first ? last + 7 : last); day += step) {
                days.add(day % 7);
            }
        }
        return days.stream().map(DAYS::get).collect(Collectors.joining(","));
    }

    private static int day(String word) {
        Integer named = NAMES.get(word.toLowerCase(Locale.ROOT));
        return named == null ? Integer.parseInt(word) : named;
    }
}
