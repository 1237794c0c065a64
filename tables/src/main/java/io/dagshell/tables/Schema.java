package io.dagshell.tables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Names and types of columns, in order. Given to a reader it is a promise the file must keep: a missing column, an extra
 * one or a value of another type is an error.
 *
 * <pre>{@code
 * Tables.readCsv(uri, Tables.schema().integer("vendorid", "passenger_count").decimal("fare_amount").build());
 * Tables.readCsv(uri, Tables.schema().text("zip").andOthers());    // all other columns: types found by reading
 * }</pre>
 *
 * @param columns names are lower-case
 * @param open whether a file may have more columns, whose types are then found by reading
 */
public record Schema(List<Field> columns, boolean open) {

    /** One column. */
    public record Field(String name, ColumnType type) {
        @Override
        public String toString() {
            return name + " " + type.name().toLowerCase(Locale.ROOT);
        }
    }

    public Schema {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Field field : columns) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("column " + field.name() + " is in the schema twice");
            }
        }
    }

    /** The schema a table has. */
    public static Schema of(Table table) {
        return new Schema(table.columns().stream().map(Schema::field).toList(), false);
    }

    public Optional<ColumnType> type(String name) {
        return columns.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::type)
                .findFirst();
    }

    public List<String> names() {
        return columns.stream().map(Field::name).toList();
    }

    @Override
    public String toString() {
        return columns.stream().map(Field::toString).collect(Collectors.joining(", ")) + (open ? ", …" : "");
    }

    private static Field field(Column<?> column) {
        return new Field(column.name(), column.type());
    }

    /** Collects columns in order; each method takes any number of names. */
    public static final class Builder {
        private final List<Field> fields = new ArrayList<>();

        Builder() {
            Tables.prepare();
        }

        /** Whole numbers of 32 bits. */
        public Builder integer(String... names) {
            return add(ColumnType.INTEGER, names);
        }

        /** Whole numbers of 64 bits. */
        public Builder longInteger(String... names) {
            return add(ColumnType.LONG, names);
        }

        /** Double precision. */
        public Builder decimal(String... names) {
            return add(ColumnType.DOUBLE, names);
        }

        /** Kept as it is, leading zeros included. */
        public Builder text(String... names) {
            return add(ColumnType.STRING, names);
        }

        /** {@code true} and {@code false}. */
        public Builder bool(String... names) {
            return add(ColumnType.BOOLEAN, names);
        }

        /** {@code 2021-01-31}. */
        public Builder date(String... names) {
            return add(ColumnType.LOCAL_DATE, names);
        }

        /** {@code 23:59:59} or {@code 23:59:59.999}. */
        public Builder time(String... names) {
            return add(ColumnType.LOCAL_TIME, names);
        }

        /** {@code 2021-01-31 23:59:59}, with {@code T} and milliseconds if wanted. */
        public Builder timestamp(String... names) {
            return add(ColumnType.LOCAL_DATE_TIME, names);
        }

        /** Moments: a timestamp with {@code Z} behind, or an offset such as {@code +02:00}. */
        public Builder instant(String... names) {
            return add(ColumnType.INSTANT, names);
        }

        /** These columns and no others. */
        public Schema build() {
            return new Schema(fields, false);
        }

        /** These columns, and types found by reading for any others. */
        public Schema andOthers() {
            return new Schema(fields, true);
        }

        private Builder add(ColumnType type, String... names) {
            for (String name : names) {
                fields.add(new Field(name.strip().toLowerCase(Locale.ROOT), type));
            }
            return this;
        }
    }
}
