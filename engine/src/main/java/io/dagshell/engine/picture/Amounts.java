package io.dagshell.engine.picture;

import java.time.Duration;
import java.util.Locale;

/** Numbers and times as people read them. */
public final class Amounts {

    private Amounts() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 3 ms}, {@code 0.42 s}, {@code 12.3 s}, {@code 4 min 5 s}, {@code 2 h 3 min}, {@code 5 d 2 h}. */
    public static String time(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 100) {
            return millis + " ms";
        }
        if (millis < 9_995) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
        }
        if (millis < 99_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = millis / 1000;
        if (seconds < 3_600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        }
        return pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    /** How old something is, in one unit. */
    public static String age(Duration duration) {
        String[] words = time(duration).split(" ");
        return duration.toSeconds() < 1 ? "just now" : words[0].replaceFirst("\\..*", "") + " " + words[1] + " old";
    }

    /**
     * {@code 410,000 rows/s}, rounded to three digits; empty when too little time went by to tell.
     *
     * @param unit a noun; what follows a comma is not part of it
     */
    public static String rate(long done, Duration during, String unit) {
        if (done <= 0 || during.toMillis() < 50) {
            return "";
        }
        double perSecond = done * 1000.0 / during.toMillis();
        long scale = (long) Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, perSecond))) - 2));
        return count(Math.round(perSecond / scale) * scale) + " " + unit.replaceFirst(",.*", "") + "/s";
    }

    private static String pair(long high, String highUnit, long low, String lowUnit) {
        return low == 0 ? high + " " + highUnit : high + " " + highUnit + " " + low + " " + lowUnit;
    }
}
