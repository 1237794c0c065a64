package io.dagshell.tables.csv;

import io.dagshell.tables.ColumnAccess;
import java.time.Instant;
import tech.tablesaw.columns.instant.PackedInstant;

/** Dates and times from characters, packed as Tablesaw packs them: year, month, day; hour, minute, millisecond of the minute. */
final class Times {
    static final int NO_INT = Integer.MIN_VALUE;
    static final long NO_LONG = Long.MIN_VALUE;

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;
    private static final int SHORTEST_TIMESTAMP = DATE_LENGTH + 1 + TIME_LENGTH;
    private static final int OFFSET_LENGTH = 6;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Times() {}

    /** {@code 2021-01-31}. */
    static int date(char[] text, int from, int length) {
        if (length != DATE_LENGTH || text[from + 4] != '-' || text[from + 7] != '-') {
            return NO_INT;
        }
        int century = two(text, from);
        int yearOfCentury = two(text, from + 2);
        int month = two(text, from + 5);
        int day = two(text, from + 8);
        if ((century | yearOfCentury | month | day) < 0) {
            return NO_INT;
        }
        int year = century * 100 + yearOfCentury;
        if (month < 1 || month > 12 || day < 1 || day > days(year, month)) {
            return NO_INT;
        }
        return year << 16 | month << 8 | day;
    }

    /** {@code 23:59:59}, with up to three decimals that count and more that are zero. */
    static int time(char[] text, int from, int length) {
        if (length < TIME_LENGTH || text[from + 2] != ':' || text[from + 5] != ':') {
            return NO_INT;
        }
        int hour = two(text, from);
        int minute = two(text, from + 3);
        int second = two(text, from + 6);
        int millis = length == TIME_LENGTH ? 0 : millis(text, from + TIME_LENGTH, from + length);
        if ((hour | minute | second | millis) < 0 || hour > 23 || minute > 59 || second > 59) {
            return NO_INT;
        }
        return hour << 24 | minute << 16 | (second * 1000 + millis);
    }

    /** {@code 2021-01-31 23:59:59} or with {@code T} between. */
    static long timestamp(char[] text, int from, int length) {
        if (length < SHORTEST_TIMESTAMP || !isBetween(text[from + DATE_LENGTH])) {
            return NO_LONG;
        }
        int date = date(text, from, DATE_LENGTH);
        int time = time(text, from + DATE_LENGTH + 1, length - DATE_LENGTH - 1);
        return date == NO_INT || time == NO_INT ? NO_LONG : (long) date << 32 | time;
    }

    /** A timestamp with {@code Z} behind or an offset such as {@code +02:00}, as the timestamp in UTC. */
    static long instant(char[] text, int from, int length) {
        if (length < SHORTEST_TIMESTAMP + 1) {
            return NO_LONG;
        }
        int end = from + length;
        if (text[end - 1] == 'Z') {
            return timestamp(text, from, length - 1);
        }
        int sign = end - OFFSET_LENGTH;
        if (sign < from + SHORTEST_TIMESTAMP || (text[sign] != '+' && text[sign] != '-') || text[sign + 3] != ':') {
            return NO_LONG;
        }
        int hours = two(text, sign + 1);
        int minutes = two(text, sign + 4);
        long local = timestamp(text, from, length - OFFSET_LENGTH);
        if ((hours | minutes) < 0 || hours > 18 || minutes > 59 || local == NO_LONG) {
            return NO_LONG;
        }
        int offset = hours * 60 + minutes;
        return offset == 0 ? local : inUtc(local, text[sign] == '+' ? offset : -offset);
    }

    private static long inUtc(long local, int offsetMinutes) {
        return PackedInstant.pack(Instant.ofEpochMilli(ColumnAccess.epochMilli(local) - offsetMinutes * 60_000L));
    }

    private static boolean isBetween(char c) {
        return c == ' ' || c == 'T';
    }

    private static int millis(char[] text, int from, int end) {
        if (text[from] != '.' || end - from < 2 || end - from > 10) {
            return -1;
        }
        int value = 0;
        for (int i = 1; i <= 9; i++) {
            int digit = from + i < end ? text[from + i] - '0' : 0;
            if (digit < 0 || digit > 9 || (i > 3 && digit > 0)) {
                return -1;
            }
            value = i <= 3 ? value * 10 + digit : value;
        }
        return value;
    }

    private static int two(char[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS[month - 1];
    }
}
