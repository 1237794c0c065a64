package io.dagshell.tables.preview;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/** Values as a person reads them. Decimals have six significant digits, times are ISO 8601, missing is a sign, not a colour. */
public final class Shown {
    public static final String MISSING = "∅";
    static final int LONGEST_CELL = 80;
    static final int LONGEST_TITLE = 400;

    private static final MathContext SIX_DIGITS = new MathContext(6);
    private static final double SMALLEST_PLAIN = 1e-4;
    private static final double LARGEST_PLAIN = 1e15;

    private Shown() {}

    /** The whole value, with nothing invisible in it. */
    static String full(Column<?> column, int row) {
        if (column.isMissing(row)) {
            return MISSING;
        }
        return visible(String.valueOf((@Nullable Object) column.get(row)));
    }

    /** The value in the room of a cell. */
    static String brief(Column<?> column, int row) {
        if (!column.isMissing(row) && column.get(row) instanceof Number number && isDecimal(column)) {
            return decimal(number.doubleValue());
        }
        return cut(full(column, row), LONGEST_CELL);
    }

    static boolean isNumber(Column<?> column) {
        return column instanceof NumericColumn<?>;
    }

    static boolean isDecimal(Column<?> column) {
        return column.type() == ColumnType.DOUBLE || column.type() == ColumnType.FLOAT;
    }

    static String type(Column<?> column) {
        return column.type().name().toLowerCase(Locale.ROOT);
    }

    public static String decimal(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
        double size = Math.abs(value);
        return size >= SMALLEST_PLAIN && size < LARGEST_PLAIN ? rounded.toPlainString() : rounded.toString();
    }

    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }

    /** Control characters, and those that turn the direction of text, as signs one can see. */
    public static String visible(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c < 0x20) {
                seen.appendCodePoint(0x2400 + c);
            } else if (c == 0x7f) {
                seen.append('\u2421');
            } else if (hides(c)) {
                seen.append(String.format(Locale.ROOT, "[U+%04X]", c));
            } else {
                seen.appendCodePoint(c);
            }
        });
        return seen.toString();
    }

    private static boolean hides(int c) {
        return (c >= 0x80 && c < 0xa0)
                || c == 0x61c
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xd800 && c <= 0xdfff);
    }

    /** {@code 1,369,765}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
