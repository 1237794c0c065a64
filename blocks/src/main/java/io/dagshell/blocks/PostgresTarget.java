package io.dagshell.blocks;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The table a load is for: made ready before the rows come, and settled after them. */
final class PostgresTarget {
    /** Lives as long as the load's transaction and is seen by nobody else. */
    private static final String STAGED = "pg_temp.\"rows of a dagshell load\"";

    private static final String SAME_KEY_TWICE = "21000";

    private final Connection connection;
    private final LoadWay way;
    private final String table;

    PostgresTarget(Connection connection, LoadWay way) {
        this.connection = connection;
        this.way = way;
        this.table = PostgresName.table(way.table());
    }

    /** Makes the table ready for rows like those of {@code chunk}; the name to copy them to. */
    String prepare(Table chunk) throws SQLException {
        checkKeyColumns(chunk);
        if (way.kind() == LoadWay.Kind.REPLACE) {
            run("drop table if exists " + table);
        }
        List<String> existing = way.kind() == LoadWay.Kind.REPLACE ? List.of() : existing();
        if (existing.isEmpty()) {
            run("create table " + table + " (" + definitions(chunk) + ")");
        } else {
            checkColumns(chunk, existing);
        }
        return switch (way.kind()) {
            case APPEND, REPLACE -> table;
            case RELOAD -> {
                run("truncate table " + table);
                yield table;
            }
            case UPSERT -> {
                requireUniqueKey();
                run("create temporary table \"rows of a dagshell load\" on commit drop as select "
                        + PostgresName.list(chunk.columnNames()) + " from " + table + " with no data");
                yield STAGED;
            }
        };
    }

    private String definitions(Table chunk) {
        List<String> definitions = new ArrayList<>();
        for (Column<?> column : chunk.columns()) {
            definitions.add(
                    PostgresName.quoted(column.name()) + " " + PostgresColumn.type(column.name(), column.type()));
        }
        if (way.kind() == LoadWay.Kind.UPSERT) {
            definitions.add("primary key (" + PostgresName.list(way.key()) + ")");
        }
        return String.join(", ", definitions);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Name and type of each column of the table as it is. */
    private List<String> existing() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select attname || ' ' || format_type(atttypid, null) from pg_attribute
                where attrelid = to_regclass(?) and attnum > 0 and not attisdropped order by attnum""")) {
            select.setString(1, table);
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
                throw BlockException.user("The table '" + way.table() + "' does not take the column '" + wanted + "': "
                        + other + ". Use replace, or change the table.");
            }
        }
    }

    private void checkKeyColumns(Table chunk) {
        for (String key : way.key()) {
            if (!chunk.columnNames().contains(key)) {
                throw BlockException.user("The data has no column '" + key + "' to upsert by; it has "
                        + String.join(", ", chunk.columnNames()) + ".");
            }
        }
    }

    /** A row whose key has no value is never the same as another: it would be added each time. */
    void checkKeys(Table chunk, long before) {
        for (String key : way.key()) {
            Column<?> column = chunk.column(key);
            for (int row = 0; row < column.size(); row++) {
                if (column.isMissing(row)) {
                    throw BlockException.user("Row " + (before + row + 1) + " has no value in the key column '" + key
                            + "': nothing says which row of '" + way.table() + "' it is.");
                }
            }
        }
    }

    private void requireUniqueKey() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select 1 from pg_index where indrelid = to_regclass(?) and indisunique and indpred is null
                and indexprs is null and (select array_agg(attname::text order by attname) from pg_attribute
                where attrelid = indrelid and attnum = any((indkey::int2[])[0:indnkeyatts - 1]))
                = (select array_agg(each order by each::name) from unnest(?::text[]) each)""")) {
            select.setString(1, table);
            Array key = connection.createArrayOf("text", way.key().toArray());
            select.setArray(2, key);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    String columns = PostgresName.list(way.key());
                    throw BlockException.user("The table '" + way.table()
                            + "' has no primary key and no unique index on ("
                            + columns + "), so an upsert cannot tell its rows apart; add one: alter table " + table
                            + " add primary key (" + columns + ").");
                }
            }
        }
    }

    /** Brings staged rows into the table. */
    void settle(List<String> columns) throws SQLException {
        if (way.kind() != LoadWay.Kind.UPSERT) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            run(merge(columns));
        } catch (SQLException failure) {
            if (SAME_KEY_TWICE.equals(failure.getSQLState())) {
                connection.rollback(before);
                throw twice();
            }
            throw failure;
        }
    }

    private String merge(List<String> columns) {
        String names = PostgresName.list(columns);
        String changes = columns.stream()
                .filter(column -> !way.key().contains(column))
                .map(PostgresName::quoted)
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return "insert into " + table + " (" + names + ") select " + names + " from " + STAGED + " on conflict ("
                + PostgresName.list(way.key()) + ") do " + (changes.isEmpty() ? "nothing" : "update set " + changes);
    }

    private BlockException twice() throws SQLException {
        String key = PostgresName.list(way.key());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select row(" + key + ")::text from " + STAGED + " group by "
                        + key + " having count(*) > 1 limit 1")) {
            return BlockException.user("The data has several rows with the key " + key + " = "
                    + (row.next() ? row.getString(1) : "?") + ", and nothing says which of them '" + way.table()
                    + "' shall keep.");
        }
    }
}
