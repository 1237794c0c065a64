package io.dagshell.blocks;

import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Cancellation;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.TableStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tech.tablesaw.api.Table;

/**
 * A PostgreSQL database. Each load is one transaction of a binary {@code COPY}: readers see all of it or nothing, and a
 * load that a retry repeats after its acknowledgement was lost is found by its marker and not done twice. Immutable;
 * every use opens a connection of its own.
 */
public final class PostgresBlock {
    private final PostgresConnections connections;

    PostgresBlock(String name, PostgresSettings settings) {
        this.connections = new PostgresConnections(name, settings);
    }

    /** Adds the rows of {@code data}; the table is created if it is not there. Answers the rows loaded. */
    public long append(String table, Table data) {
        return load(LoadWay.of(table, LoadWay.Kind.APPEND), sink -> sink.take(data));
    }

    /** Adds the rows of a stream, chunk by chunk. */
    public long append(String table, TableStream data) throws IOException {
        return loadStream(LoadWay.of(table, LoadWay.Kind.APPEND), data);
    }

    /** Puts the rows of {@code data} in place of the table, whatever it was. Answers the rows loaded. */
    public long replace(String table, Table data) {
        return load(LoadWay.of(table, LoadWay.Kind.REPLACE), sink -> sink.take(data));
    }

    /** Puts the rows of a stream in place of the table. */
    public long replace(String table, TableStream data) throws IOException {
        return loadStream(LoadWay.of(table, LoadWay.Kind.REPLACE), data);
    }

    /**
     * Puts the rows of {@code data} in place of the table's rows (truncate and load): its columns, indexes, grants and views
     * stay. Whoever reads the table waits till the load is done. Answers the rows loaded.
     */
    public long reload(String table, Table data) {
        return load(LoadWay.of(table, LoadWay.Kind.RELOAD), sink -> sink.take(data));
    }

    /** Puts the rows of a stream in place of the table's rows. */
    public long reload(String table, TableStream data) throws IOException {
        return loadStream(LoadWay.of(table, LoadWay.Kind.RELOAD), data);
    }

    /**
     * Adds the rows whose key is new and changes those whose key is there, in the columns {@code data} has. A table that is
     * not there is created with {@code key} as its primary key; one that is needs a unique index on just these columns.
     * Answers the rows loaded.
     *
     * @throws BlockException two rows of the data have the same key, or one has none
     */
    public long upsert(String table, Table data, String... key) {
        return load(LoadWay.upsert(table, List.of(key)), sink -> sink.take(data));
    }

    /** The same with the rows of a stream. */
    public long upsert(String table, TableStream data, String... key) throws IOException {
        return loadStream(LoadWay.upsert(table, List.of(key)), data);
    }

    /** The rows a statement answers. */
    public Table query(String sql) {
        return query(sql, Map.of());
    }

    /**
     * The rows a statement answers: {@code query("select * from trips where day = :day", Map.of("day", day))}. Values are
     * bound, never put into the text; a list is an array ({@code id = any(:ids)}). Several statements are one transaction,
     * and the last one answers.
     *
     * <p>Types are those a table is written with, back: smallint short, integer int, bigint long, real float, double
     * precision and numeric double, boolean, date, time, timestamp, timestamptz instant; all others, such as uuid and jsonb,
     * are their text. Times are in milliseconds, and a numeric has 15 to 17 digits: cast to text to keep all.
     *
     * @throws SqlException the server refuses the SQL: says line and column
     * @throws BlockException the server cannot be reached, or a value has no place in a table
     */
    public Table query(String sql, Map<String, ?> parameters) {
        return new PostgresQuery(connections, sql, parameters)
                .run()
                .rows()
                .orElseThrow(() -> BlockException.user("The statement answers no rows; use execute."));
    }

    /** Runs statements as one transaction; the rows the last one changed. */
    public long execute(String sql) {
        return execute(sql, Map.of());
    }

    /** Runs statements with values for their parameters as one transaction; the rows the last one changed. */
    public long execute(String sql, Map<String, ?> parameters) {
        return new PostgresQuery(connections, sql, parameters).run().changed();
    }

    /** What an {@code %%sql} cell shows: the rows of the last statement, or else how many rows it changed. */
    public Object answer(String sql, Map<String, ?> parameters) {
        PostgresQuery.Answer answer = new PostgresQuery(connections, sql, parameters).run();
        return answer.rows().isPresent()
                ? answer.rows().get()
                : answer.changed() + (answer.changed() == 1 ? " row changed" : " rows changed");
    }

    /** The rows a select answers, so many at a time by a cursor; nothing is asked yet, and each pass asks anew. */
    public TableStream stream(String sql, int chunkRows) {
        return stream(sql, chunkRows, Map.of());
    }

    /** The same with values for its parameters. */
    public TableStream stream(String sql, int chunkRows, Map<String, ?> parameters) {
        return new PostgresQuery(connections, sql, parameters).stream(chunkRows);
    }

    private long loadStream(LoadWay way, TableStream data) throws IOException {
        IOException[] unreadable = new IOException[1];
        try {
            return load(way, sink -> {
                try {
                    data.forEach(sink::take);
                } catch (IOException failure) {
                    unreadable[0] = failure;
                    throw new SourceFailed();
                }
            });
        } catch (SourceFailed failed) {
            throw unreadable[0];
        }
    }

    /** Leaves the transaction when the stream's source fails; its own exception goes on. */
    private static final class SourceFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SourceFailed() {
            super(null, null, false, false);
        }
    }

    /** Gives the rows to a load. */
    private interface Feed {
        void into(PostgresLoad load) throws SQLException;
    }

    private long load(LoadWay way, Feed feed) {
        Call call = Engine.current();
        int effect = call.nextEffect();
        try (Connection connection = connections.open();
                Cancellation.Registration cancel = PostgresConnections.ending(connection, call)) {
            connection.setAutoCommit(false);
            LoadMarker marker = new LoadMarker(connection, call, effect);
            var before = marker.rows();
            if (before.isPresent()) {
                return before.getAsLong();
            }
            try {
                PostgresLoad load = new PostgresLoad(connection, way, call);
                feed.into(load);
                long rows = load.finish();
                if (!marker.set(way.table(), rows)) {
                    connection.rollback();
                    return marker.rows().orElseThrow();
                }
                connection.commit();
                return rows;
            } catch (SQLException refused) {
                return committedMeanwhile(connection, marker, refused).orElseThrow(() -> refused);
            }
        } catch (SQLException failure) {
            throw connections.failed("load table '" + way.table() + "'", failure, call);
        }
    }

    /** Where keys are unique, a retry collides with an earlier attempt whose commit was under way when it looked. */
    private static OptionalLong committedMeanwhile(Connection connection, LoadMarker marker, SQLException refused) {
        try {
            connection.rollback();
            return marker.rows();
        } catch (SQLException lost) {
            refused.addSuppressed(lost);
            return OptionalLong.empty();
        }
    }

    /** Rows of a table. */
    public long count(String table) {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + PostgresName.table(table))) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw connections.failed("count the rows of '" + table + "'", failure);
        }
    }

    String version() {
        try (Connection connection = connections.open()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException failure) {
            throw connections.failed("ask for the version", failure);
        }
    }
}
