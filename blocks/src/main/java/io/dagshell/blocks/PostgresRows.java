package io.dagshell.blocks;

import io.dagshell.engine.run.Call;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Rows of an answer as tables. Not thread-safe. */
final class PostgresRows {
    private static final int REPORTED_ROWS = 10_000;

    private final ResultSet rows;
    private final Call call;
    private final List<String> names = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private long done;
    private boolean given;

    PostgresRows(ResultSet rows, Call call) throws SQLException {
        this.rows = rows;
        this.call = call;
        ResultSetMetaData data = rows.getMetaData();
        Set<String> taken = new HashSet<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            names.add(free(data.getColumnLabel(i), taken));
            types.add(data.getColumnTypeName(i));
        }
    }

    /** Names of tables are different ones, whatever their case: the second {@code id} of a join becomes {@code id_2}. */
    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    Table all() throws SQLException {
        return Objects.requireNonNull(next(Integer.MAX_VALUE), "the first chunk");
    }

    /** The next rows, or null after the last; the first time there is a table, if an empty one. */
    @Nullable
    Table next(int most) throws SQLException {
        List<ReadColumn> columns = columns();
        int read = 0;
        while (read < most && rows.next()) {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).read(rows, i + 1, done + 1);
            }
            read++;
            done++;
            if (done % REPORTED_ROWS == 0) {
                call.cancellation().check();
                call.progress().report(done, -1, "rows");
            }
        }
        call.progress().report(done, -1, "rows");
        boolean isFirst = !given;
        given = true;
        return read == 0 && !isFirst ? null : table(columns);
    }

    private List<ReadColumn> columns() {
        List<ReadColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(ReadColumn.of(names.get(i), types.get(i)));
        }
        return columns;
    }

    private static Table table(List<ReadColumn> columns) {
        Table table = Table.create("query");
        columns.forEach(column -> table.addColumns(column.column()));
        return table;
    }
}
