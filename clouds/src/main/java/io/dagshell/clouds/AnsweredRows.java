package io.dagshell.clouds;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.tables.Tables;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/** Rows of an answer as columns. Times lose what is below a millisecond, decimals become double. Used by one thread. */
final class AnsweredRows {
    private final List<Field> fields;
    private List<Filled> columns;
    private int size;

    private interface Put {
        void value(FieldValue value);
    }

    private record Filled(Column<?> column, Put put) {}

    AnsweredRows(@Nullable Schema schema) throws CloudException {
        if (schema == null) {
            throw new CloudException(true, "gave no rows: the statement is no query", null);
        }
        Tables.prepare();
        fields = schema.getFields();
        for (Field field : fields) {
            boolean nested = field.getMode() == Field.Mode.REPEATED || field.getSubFields() != null;
            if (nested) {
                throw new CloudException(
                        true,
                        "answered with column " + field.getName()
                                + ", which is nested or repeated; select its parts, or" + " TO_JSON_STRING("
                                + field.getName() + ")",
                        null);
            }
        }
        columns = fresh();
    }

    int size() {
        return size;
    }

    void add(FieldValueList row) {
        for (int i = 0; i < columns.size(); i++) {
            FieldValue value = row.get(i);
            if (value.isNull()) {
                columns.get(i).column().appendMissing();
            } else {
                columns.get(i).put().value(value);
            }
        }
        size++;
    }

    /** The rows so far; it starts anew. */
    Table take() {
        Table table = Table.create("query");
        columns.forEach(filled -> table.addColumns(filled.column()));
        columns = fresh();
        size = 0;
        return table;
    }

    private List<Filled> fresh() {
        List<Filled> made = new ArrayList<>();
        for (Field field : fields) {
            made.add(filled(
                    field.getName().toLowerCase(Locale.ROOT),
                    field.getType().getStandardType().name()));
        }
        return made;
    }

    private static Filled filled(String name, String type) {
        return switch (type) {
            case "INT64" -> {
                LongColumn column = LongColumn.create(name);
                yield new Filled(column, value -> column.append(value.getLongValue()));
            }
            case "FLOAT64", "NUMERIC", "BIGNUMERIC" -> {
                DoubleColumn column = DoubleColumn.create(name);
                yield new Filled(column, value -> column.append(value.getDoubleValue()));
            }
            case "BOOL" -> {
                BooleanColumn column = BooleanColumn.create(name);
                yield new Filled(column, value -> column.append(value.getBooleanValue()));
            }
            case "DATE" -> {
                DateColumn column = DateColumn.create(name);
                yield new Filled(column, value -> column.append(LocalDate.parse(value.getStringValue())));
            }
            case "TIME" -> {
                TimeColumn column = TimeColumn.create(name);
                yield new Filled(
                        column,
                        value -> column.append(
                                LocalTime.parse(value.getStringValue()).truncatedTo(ChronoUnit.MILLIS)));
            }
            case "DATETIME" -> {
                DateTimeColumn column = DateTimeColumn.create(name);
                yield new Filled(
                        column,
                        value -> column.append(
                                LocalDateTime.parse(value.getStringValue().replace(' ', 'T'))
                                        .truncatedTo(ChronoUnit.MILLIS)));
            }
            case "TIMESTAMP" -> {
                InstantColumn column = InstantColumn.create(name);
                yield new Filled(
                        column,
                        value -> column.append(value.getTimestampInstant().truncatedTo(ChronoUnit.MILLIS)));
            }
            default -> {
                StringColumn column = StringColumn.create(name);
                yield new Filled(column, value -> column.append(value.getStringValue()));
            }
        };
    }
}
