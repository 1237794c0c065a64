package io.dagshell.tables.column;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/**
 * A column taken as one of a type. If it is of another, the failure says which value made it so: text among numbers is
 * the usual reason, and Tablesaw's own {@code ClassCastException} names neither column nor value.
 */
final class AskedColumn {
    private static final int LONGEST = 60;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?)?");

    private AskedColumn() {}

    /**
     * The column.
     *
     * @param table its name, for the message
     * @param wanted in words
     */
    static <C> C as(Class<C> type, String wanted, Column<?> column, String table) {
        if (type.isInstance(column)) {
            return type.cast(column);
        }
        String reason = misfit(type, column).stream()
                .mapToObj(row ->
                        ", because of \"" + cut(String.valueOf((Object) column.get(row))) + "\" in row " + (row + 1))
                .findFirst()
                .orElse("");
        throw new IllegalArgumentException(String.format(
                Locale.ROOT,
                "column %s of %s is %s, not %s%s. Mend the data, or say the type when reading: Tables.schema()",
                column.name(),
                table.isEmpty() ? "the table" : table,
                words(column.type()),
                wanted,
                reason));
    }

    private static OptionalInt misfit(Class<?> type, Column<?> column) {
        if (column.type() == ColumnType.STRING) {
            boolean time = type.getSimpleName().startsWith("Date");
            Pattern fits = time ? DATE : NUMBER;
            return first(column, value -> !fits.matcher(value.toString()).matches());
        }
        if (column.type() == ColumnType.DOUBLE) {
            return first(column, value -> ((Double) value) != Math.rint((Double) value));
        }
        return OptionalInt.empty();
    }

    private static OptionalInt first(Column<?> column, Predicate<Object> misfit) {
        return IntStream.range(0, column.size())
                .filter(row -> !column.isMissing(row) && misfit.test(column.get(row)))
                .findFirst();
    }

    private static String words(ColumnType type) {
        return type == ColumnType.STRING ? "text" : type.name().toLowerCase(Locale.ROOT);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
