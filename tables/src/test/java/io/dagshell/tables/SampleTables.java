package io.dagshell.tables;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Random;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/** Tables of every column type, made through Tablesaw's public methods only. */
final class SampleTables {
    private static final String[] TEXTS = {"N", "Y", "Köln", "a,\"b\"", "\ud83d\ude95", "\ud83d", "<b>", " "};

    static {
        Tables.prepare();
    }

    private SampleTables() {}

    /** @param variety how many different values a column may have, about */
    static Table random(long seed, int rows, int variety) {
        Random random = new Random(seed);
        Column<?>[] columns = {
            IntColumn.create("int"),
            LongColumn.create("long"),
            ShortColumn.create("short"),
            DoubleColumn.create("double"),
            FloatColumn.create("float"),
            BooleanColumn.create("boolean"),
            StringColumn.create("string"),
            DateColumn.create("date"),
            TimeColumn.create("time"),
            DateTimeColumn.create("timestamp"),
            InstantColumn.create("instant")
        };
        Table table = Table.create("sample " + seed, columns);
        for (int row = 0; row < rows; row++) {
            for (Column<?> column : columns) {
                if (random.nextInt(5) == 0) {
                    column.appendMissing();
                } else {
                    column.appendObj(value(column.name(), random.nextInt(variety), random));
                }
            }
        }
        return table;
    }

    private static Object value(String type, int number, Random random) {
        return switch (type) {
            case "int" -> number - 3;
            case "long" -> number * 10_000_000_000L;
            case "short" -> (short) number;
            case "double" -> number == 1 ? -0.0 : number / 7.0;
            case "float" -> number / 3f;
            case "boolean" -> random.nextBoolean();
            case "string" -> number < TEXTS.length ? TEXTS[number] : "text " + number;
            case "date" -> LocalDate.of(1999, 1, 1).plusDays(number);
            case "time" -> LocalTime.of(number % 24, 59, 59, 999_000_000);
            case "timestamp" ->
                LocalDateTime.of(2021, 1, 31, 23, 59, 59, number % 1000 * 1_000_000)
                        .plusHours(number);
            case "instant" -> Instant.ofEpochSecond(1_600_000_000L + number * 3_600L, 1_000_000);
            default -> throw new IllegalArgumentException(type);
        };
    }
}
