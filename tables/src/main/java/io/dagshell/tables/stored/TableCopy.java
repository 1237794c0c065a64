package io.dagshell.tables.stored;

import io.dagshell.tables.column.ColumnForm;
import io.dagshell.tables.column.FastTable;
import io.dagshell.tables.column.InParallel;
import io.dagshell.tables.column.TextCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A table of equal content that shares nothing with another, and what became of it. */
public final class TableCopy {
    private TableCopy() {}

    /** A table at rest is given once more at rest: what is never read is never copied. */
    public static Table of(Table table) {
        if (table instanceof StoredTable stored && stored.contentDigest().isPresent()) {
            return stored.again();
        }
        Column<?>[] columns = StoredTable.look(table);
        Column<?>[] copies = InParallel.each(columns.length, i -> copy(columns[i]), Column<?>[]::new);
        return new FastTable(table.name(), List.of(copies));
    }

    private static Column<?> copy(Column<?> column) {
        if (column instanceof StringColumn text) {
            return TextCodes.of(text).column(column.name());
        }
        Optional<ColumnForm> form = ColumnForm.of(column.type());
        if (form.isEmpty()) {
            return column.copy();
        }
        Object array = form.get().newArray(column.size());
        System.arraycopy(form.get().array(column), 0, array, 0, column.size());
        return form.get().column(column.name(), array, column.size());
    }

    /** What is not as it was, in words: {@code changed column `fare_amount`}. */
    public static List<String> changes(Table before, Table copy) {
        if (copy instanceof StoredTable stored && stored.contentDigest().isPresent()) {
            return List.of();
        }
        List<String> changes = new ArrayList<>();
        if (!Objects.equals(before.name(), copy.name())) {
            changes.add("changed the name");
        }
        List<String> was = before.columnNames();
        List<String> is = copy.columnNames();
        was.stream().filter(name -> !is.contains(name)).forEach(name -> changes.add("removed column `" + name + "`"));
        is.stream().filter(name -> !was.contains(name)).forEach(name -> changes.add("added column `" + name + "`"));
        if (changes.isEmpty() && !was.equals(is)) {
            changes.add("changed the order of columns");
        }
        if (!was.isEmpty() && !is.isEmpty() && before.rowCount() != copy.rowCount()) {
            changes.add("changed the number of rows");
            return changes;
        }
        List<String> both = is.stream().filter(was::contains).toList();
        String[] changed = InParallel.each(
                both.size(),
                i -> isChanged(before, was.indexOf(both.get(i)), copy, is.indexOf(both.get(i))) ? both.get(i) : "",
                String[]::new);
        Arrays.stream(changed)
                .filter(name -> !name.isEmpty())
                .forEach(name -> changes.add("changed column `" + name + "`"));
        return changes;
    }

    private static boolean isChanged(Table before, int was, Table copy, int is) {
        Optional<Column<?>> now = StoredTable.used(copy, is);
        return now.isPresent() && !isSame(StoredTable.look(before, was), now.get());
    }

    private static boolean isSame(Column<?> one, Column<?> other) {
        if (!one.type().equals(other.type()) || one.size() != other.size()) {
            return false;
        }
        Optional<Cells> cells = Cells.of(one);
        return cells.isPresent()
                ? cells.get().isSameAs(Cells.of(other).orElseThrow())
                : one.asList().equals(other.asList());
    }
}
