package io.dagshell.tables.csv;

import io.dagshell.tables.Schema;
import io.dagshell.tables.column.FastTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The columns of JSON lines: those of a schema first, then keys in the order they come. */
final class JsonColumns {
    private static final String LATE = " is not in the first rows, and a stream gets no more columns: give them with"
            + " JsonLinesOptions.withSchema(..)";

    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<ColumnBuilder> builders = new ArrayList<>();
    /** By column, the last row that had a value of it. */
    private long[] lastRows = new long[16];

    /** Why there can be no more columns; null if there can. */
    private @Nullable String closed;

    private long row;
    private int rowsSinceTake;

    JsonColumns(@Nullable Schema expected, @Nullable Schema proven) {
        if (expected != null && !expected.open()) {
            closed = " is not in the schema";
        } else if (proven != null) {
            closed = LATE;
        }
        Schema first = proven != null ? proven : expected;
        if (first == null) {
            return;
        }
        for (Schema.Field field : first.columns()) {
            boolean said = expected != null && expected.type(field.name()).isPresent();
            open(field.name(), Builders.of(field.type(), !said));
        }
    }

    private int open(String name, ColumnBuilder builder) {
        int place = builders.size();
        places.put(name, place);
        names.add(name);
        builders.add(builder);
        if (place == lastRows.length) {
            lastRows = Arrays.copyOf(lastRows, place * 2);
        }
        return place;
    }

    boolean none() {
        return builders.isEmpty();
    }

    String name(int column) {
        return names.get(column);
    }

    /** Why the row cannot be taken as a whole; null if it can. If it cannot, no column has any of it. */
    @Nullable
    String refusal(JsonRow values, boolean everyValue) {
        row++;
        int known = builders.size();
        for (JsonRow.Value value : values.values()) {
            String problem = refusal(value, everyValue);
            if (problem != null) {
                forget(known);
                return problem;
            }
        }
        return null;
    }

    private @Nullable String refusal(JsonRow.Value value, boolean everyValue) {
        Integer place = places.get(value.key());
        if (place == null && closed != null) {
            return "key " + value.key() + closed;
        }
        int column = place == null ? open(value.key(), fresh()) : place;
        if (lastRows[column] == row) {
            return "key " + value.key() + " is there twice (upper and lower case are the same)";
        }
        lastRows[column] = row;
        return everyValue && value.text().length > 0 && !fits(builders.get(column), value)
                ? "key " + value.key() + ": " + misfit(builders.get(column), value)
                : null;
    }

    private void forget(int known) {
        for (int i = builders.size() - 1; i >= known; i--) {
            builders.remove(i);
            places.remove(names.remove(i));
        }
    }

    private InferringBuilder fresh() {
        InferringBuilder builder = new InferringBuilder();
        for (int i = 0; i < rowsSinceTake; i++) {
            builder.addMissing();
        }
        return builder;
    }

    private static boolean fits(ColumnBuilder column, JsonRow.Value value) {
        return (!value.quoted() || column.takesQuoted()) && column.fits(value.text(), 0, value.text().length);
    }

    private static String misfit(ColumnBuilder column, JsonRow.Value value) {
        return Troubles.misfit(value.text(), 0, value.text().length, column);
    }

    /** A row that was not refused. */
    void add(JsonRow values, Troubles troubles, boolean nulls) {
        for (JsonRow.Value value : values.values()) {
            int column = places.getOrDefault(value.key(), -1);
            ColumnBuilder builder = builders.get(column);
            if (value.text().length == 0) {
                builder.addMissing();
            } else if (!added(builder, value)) {
                misfit(column, misfit(builder, value), troubles, nulls);
            }
        }
        for (int i = 0; i < builders.size(); i++) {
            if (lastRows[i] != row) {
                builders.get(i).addMissing();
            }
        }
        rowsSinceTake++;
    }

    private void misfit(int column, String problem, Troubles troubles, boolean nulls) {
        if (nulls) {
            troubles.passedOver(column, problem);
            builders.get(column).addMissing();
        } else {
            troubles.ends(column, problem);
        }
    }

    private static boolean added(ColumnBuilder column, JsonRow.Value value) {
        if (!value.quoted()) {
            return column.add(value.text(), 0, value.text().length);
        }
        return column.takesQuoted() && column.addQuoted(value.text(), 0, value.text().length);
    }

    boolean mustReadAgain() {
        return builders.stream()
                .anyMatch(column -> column instanceof InferringBuilder inferring && inferring.unusable());
    }

    Schema schema() {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new Schema.Field(names.get(i), builders.get(i).type()));
        }
        return new Schema(fields, false);
    }

    Table take(String title) {
        List<Column<?>> taken = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            taken.add(builders.get(i).take(names.get(i)));
        }
        rowsSinceTake = 0;
        return new FastTable(title, taken);
    }

    void settle(long rows) {
        if (closed == null) {
            closed = LATE;
        }
        for (int i = 0; i < builders.size(); i++) {
            if (builders.get(i) instanceof InferringBuilder found) {
                builders.set(i, new SettledBuilder(Builders.of(found.type(), true), rows));
            }
        }
    }
}
