package io.dagshell.tables.stored;

import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Digested;
import io.dagshell.tables.column.FastTable;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table from the cache. Its shape, names, types and digest are known at once; columns are unpacked when taken. All of
 * Tablesaw's methods work, because every one of them goes through the one list of columns, which is replaced.
 */
public final class StoredTable extends FastTable implements Digested {
    private static final Field COLUMNS = columnsField();

    private final StoredColumns stored;
    private final ColumnList columns;

    StoredTable(String name, StoredColumns stored) {
        super(name, List.of());
        this.stored = stored;
        columns = new ColumnList(stored);
        try {
            COLUMNS.set(this, columns);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Field columnsField() {
        try {
            Field field = Table.class.getDeclaredField("columnList");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException other) {
            throw new IllegalStateException("this version of Tablesaw keeps its columns elsewhere", other);
        }
    }

    @Override
    public Optional<Digest> contentDigest() {
        return columns.touched() ? Optional.empty() : Optional.of(stored.content());
    }

    /** The columns of a table for looking only: a stored table does not take it for a change. */
    public static Column<?>[] look(Table table) {
        if (!(table instanceof StoredTable stored)) {
            return table.columnArray();
        }
        Column<?>[] seen = new Column<?>[stored.columns.size()];
        Arrays.setAll(seen, stored.columns::peek);
        return seen;
    }

    /** A column for looking only. */
    static Column<?> look(Table table, int index) {
        return table instanceof StoredTable stored ? stored.columns.peek(index) : table.column(index);
    }

    /** A column that somebody may have changed; empty for one that nobody took. */
    static Optional<Column<?>> used(Table table, int index) {
        return table instanceof StoredTable stored ? stored.columns.used(index) : Optional.of(table.column(index));
    }

    /** The same table once more, with columns of its own. */
    StoredTable again() {
        return new StoredTable(name(), stored.again());
    }

    @Override
    public int rowCount() {
        return columns.touched() ? super.rowCount() : stored.rows();
    }

    @Override
    public List<String> columnNames() {
        return columns.names();
    }

    @Override
    public int columnIndex(String name) {
        List<String> names = columns.names();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return super.columnIndex(name);
    }

    @Override
    public Column<?> column(String name) {
        List<String> names = columns.names();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).trim().equalsIgnoreCase(name)) {
                return column(i);
            }
        }
        return super.column(name);
    }

    @Override
    public List<ColumnType> types() {
        return columns.touched()
                ? super.types()
                : stored.columns().stream()
                        .<ColumnType>map(
                                column -> ColumnType.valueOf(column.type().toUpperCase(Locale.ROOT)))
                        .toList();
    }

    @Override
    public Table setName(String name) {
        if (columns != null) { // Table's constructor comes here first
            columns.touch();
        }
        return super.setName(name);
    }
}
