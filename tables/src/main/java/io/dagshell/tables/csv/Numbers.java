package io.dagshell.tables.csv;

/**
 * Numbers from characters. <i>Strict</i> takes only what can be written back as it was (no {@code 007}, no {@code +1}) and
 * is what types are found with; otherwise leading zeros and a plus sign are fine, because somebody said it is a number.
 */
final class Numbers {
    /** No long: the text is no whole number, or one beyond 64 bits. It is also what a missing value is stored as. */
    static final long NO_LONG = Long.MIN_VALUE;

    /** Whole numbers up to here are exact as doubles. */
    static final long EXACT = 1L << 53;

    private static final int MOST_DIGITS = 18;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private Numbers() {}

    static long integer(char[] text, int from, int length, boolean strict) {
        int end = from + length;
        boolean negative = text[from] == '-';
        int at = negative || (!strict && text[from] == '+') ? from + 1 : from;
        if (at == end || (strict && text[at] == '0' && (end - at > 1 || negative))) {
            return NO_LONG;
        }
        while (end - at > MOST_DIGITS && text[at] == '0') {
            at++;
        }
        if (end - at > MOST_DIGITS) {
            return longest(text, at, end, negative);
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return NO_LONG;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private static long longest(char[] text, int from, int end, boolean negative) {
        if (end - from > MOST_DIGITS + 1) {
            return NO_LONG;
        }
        long value = 0;
        for (int at = from; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return NO_LONG;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    /** The nearest double, or NaN if the text is no decimal number. */
    static double decimal(char[] text, int from, int length, boolean strict) {
        int end = from + length;
        boolean negative = text[from] == '-';
        int at = negative || (!strict && text[from] == '+') ? from + 1 : from;
        int first = at;
        long mantissa = 0;
        int digits = 0;
        int point = -1;
        for (; at < end; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                digits++;
                mantissa = digits <= MOST_DIGITS ? mantissa * 10 + (c - '0') : mantissa;
            } else if (c == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        if (digits == 0 || (strict && leadingZero(text, first, point < 0 ? at : point))) {
            return Double.NaN;
        }
        if (at < end) {
            return isExponent(text, at, end) ? parsed(text, from, length) : Double.NaN;
        }
        if (strict && point < 0 && (digits > MOST_DIGITS || mantissa > EXACT)) {
            return Double.NaN; // an identifier, more likely than a quantity, and a double would change it
        }
        int scale = point < 0 ? 0 : end - point - 1;
        if (digits > MOST_DIGITS || mantissa > EXACT || scale >= POWERS_OF_TEN.length) {
            return parsed(text, from, length);
        }
        // Both are exact, so one division rounds once: the nearest double (Clinger's fast path).
        double value = mantissa / POWERS_OF_TEN[scale];
        return negative ? -value : value;
    }

    private static boolean leadingZero(char[] text, int first, int end) {
        return end - first > 1 && text[first] == '0';
    }

    private static boolean isExponent(char[] text, int from, int end) {
        if (text[from] != 'e' && text[from] != 'E') {
            return false;
        }
        int at = from + 1;
        if (at < end && (text[at] == '+' || text[at] == '-')) {
            at++;
        }
        if (at == end) {
            return false;
        }
        for (; at < end; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return false;
            }
        }
        return true;
    }

    private static double parsed(char[] text, int from, int length) {
        double value = Double.parseDouble(new String(text, from, length));
        return Double.isInfinite(value) ? Double.NaN : value;
    }
}
