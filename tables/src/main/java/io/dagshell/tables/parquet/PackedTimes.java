package io.dagshell.tables.parquet;

import java.time.LocalDate;

/** Days and milliseconds as Tablesaw packs them: year, month, day; hour, minute, millisecond of the minute. */
final class PackedTimes {
    static final long MILLIS_OF_DAY = 86_400_000L;

    private static final int MILLIS_OF_HOUR = 3_600_000;
    private static final int MILLIS_OF_MINUTE = 60_000;

    private long lastDay = Long.MIN_VALUE;
    private int lastPacked;

    /** @throws IllegalArgumentException for a year a packed date has no room for */
    int date(long epochDay) {
        if (epochDay != lastDay) { // most neighbours are of one day
            LocalDate date = LocalDate.ofEpochDay(epochDay);
            if (date.getYear() < Short.MIN_VALUE || date.getYear() > Short.MAX_VALUE) {
                throw new IllegalArgumentException("the year " + date.getYear() + " is out of range");
            }
            lastPacked = date.getYear() << 16 | date.getMonthValue() << 8 | date.getDayOfMonth();
            lastDay = epochDay;
        }
        return lastPacked;
    }

    static int time(int milliOfDay) {
        int ofHour = milliOfDay % MILLIS_OF_HOUR;
        return milliOfDay / MILLIS_OF_HOUR << 24 | ofHour / MILLIS_OF_MINUTE << 16 | ofHour % MILLIS_OF_MINUTE;
    }

    long timestamp(long epochMilli) {
        long day = Math.floorDiv(epochMilli, MILLIS_OF_DAY);
        return (long) date(day) << 32 | time((int) (epochMilli - day * MILLIS_OF_DAY));
    }
}
