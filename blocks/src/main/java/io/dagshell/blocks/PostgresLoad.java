package io.dagshell.blocks;

import io.dagshell.engine.run.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** One load within its transaction: the first chunk says what the table is, each chunk is sent as it comes. Not thread-safe. */
final class PostgresLoad {
    private final Connection connection;
    private final String table;
    private final boolean replace;
    private final Call call;
    private final CopyBuffer buffer = new CopyBuffer();
    private List<String> columns = List.of();
    private @Nullable CopyIn copy;
    private long rows;

    PostgresLoad(Connection connection, String table, boolean replace, Call call) {
        this.connection = connection;
        this.table = table;
        this.replace = replace;
        this.call = call;
    }

    /** {@code "name"}, or {@code "schema"."name"} of {@code schema.name}. */
    static String quoted(String identifier) {
        return java.util.Arrays.stream(identifier.split("\\.", 2))
                .map(part -> '"' + part.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }

    void take(Table chunk) throws SQLException {
        call.cancellation().check();
        CopyIn to = copy == null ? begin(chunk) : copy;
        List<PostgresColumn.FieldWriter> writers = new ArrayList<>();
        for (String name : columns) {
            writers.add(PostgresColumn.writer(chunk.column(name)));
        }
        for (int row = 0; row < chunk.rowCount(); row++) {
            buffer.row(writers.size());
            for (PostgresColumn.FieldWriter writer : writers) {
                writer.write(row, buffer);
            }
            if (buffer.isFull()) {
                send(to);
            }
        }
        rows += chunk.rowCount();
        call.progress().report(rows, -1, "rows");
    }

    private void send(CopyIn to) throws SQLException {
        to.writeToCopy(buffer.array(), 0, buffer.size());
        buffer.clear();
    }

    private CopyIn begin(Table chunk) throws SQLException {
        columns = chunk.columnNames();
        prepare(chunk);
        String names = columns.stream().map(PostgresLoad::quotedName).collect(Collectors.joining(", "));
        CopyIn begun = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + quoted(table) + " (" + names + ") from stdin with (format binary)");
        copy = begun;
        buffer.header();
        return begun;
    }

    private static String quotedName(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    private void prepare(Table chunk) throws SQLException {
        List<String> definitions = new ArrayList<>();
        for (Column<?> column : chunk.columns()) {
            definitions.add(quotedName(column.name()) + " " + PostgresColumn.type(column.name(), column.type()));
        }
        List<String> existing = replace ? List.of() : existing();
        try (Statement statement = connection.createStatement()) {
            if (replace) {
                statement.execute("drop table if exists " + quoted(table));
            }
            if (existing.isEmpty()) {
                statement.execute("create table " + quoted(table) + " (" + String.join(", ", definitions) + ")");
                return;
            }
        }
        checkColumns(chunk, existing);
    }

    /** Name and type of each column of the table as it is. */
    private List<String> existing() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select attname || ' ' || format_type(atttypid, null) from pg_attribute
                where attrelid = to_regclass(?) and attnum > 0 and not attisdropped order by attnum""")) {
            select.setString(1, quoted(table));
            List<String> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        }
    }

    private void checkColumns(Table chunk, List<String> existing) {
        for (Column<?> column : chunk.columns()) {
            String wanted = column.name() + " " + PostgresColumn.type(column.name(), column.type());
            if (!existing.contains(wanted)) {
                String other = existing.stream()
                        .filter(each -> each.startsWith(column.name() + " "))
                        .findFirst()
                        .map(each ->
                                "there it is " + each.substring(column.name().length() + 1))
                        .orElse("there is none of that name");
                throw BlockException.user("The table '" + table + "' does not take the column '" + wanted + "': "
                        + other + ". Use replace, or change the table.");
            }
        }
    }

    /** Ends the copy; the transaction is still open. */
    long finish() throws SQLException {
        if (copy == null) {
            throw BlockException.user("There is nothing to load into '" + table + "': the stream has no chunk.");
        }
        buffer.trailer();
        send(copy);
        return copy.endCopy();
    }
}
