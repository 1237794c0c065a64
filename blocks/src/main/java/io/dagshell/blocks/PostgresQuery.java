package io.dagshell.blocks;

import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Cancellation;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.TableStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import tech.tablesaw.api.Table;

/** Statements with values for their parameters, run as one transaction. Immutable. */
final class PostgresQuery {
    private static final int FETCH_ROWS = 20_000;
    private static final String WHAT = "run the statement";

    private final PostgresConnections connections;
    private final String sql;
    private final List<SqlText.Statement> statements;
    private final Map<String, ?> values;

    PostgresQuery(PostgresConnections connections, String sql, Map<String, ?> values) {
        this.connections = connections;
        this.sql = sql;
        this.statements = SqlText.statements(sql);
        this.values = values;
        if (statements.isEmpty()) {
            throw BlockException.user("There is no statement to run: the SQL is empty.");
        }
        for (SqlText.Statement statement : statements) {
            for (SqlText.Parameter parameter : statement.parameters()) {
                if (!values.containsKey(parameter.name())) {
                    throw new SqlException(sql, parameter.offset(), "there is no value for :" + parameter.name(), null);
                }
            }
        }
    }

    /** What the last statement answers: rows, or how many it changed. */
    record Answer(Optional<Table> rows, long changed) {}

    Answer run() {
        Call call = Engine.current();
        try (Connection connection = connections.open();
                Cancellation.Registration ending = PostgresConnections.ending(connection, call)) {
            connection.setAutoCommit(false);
            Answer answer = new Answer(Optional.empty(), 0);
            for (SqlText.Statement statement : statements) {
                answer = one(connection, statement, call);
            }
            connection.commit();
            return answer;
        } catch (SQLException failure) {
            throw connections.failed(WHAT, failure, call);
        }
    }

    private Answer one(Connection connection, SqlText.Statement statement, Call call) throws SQLException {
        try (PreparedStatement prepared = prepare(connection, statement)) {
            prepared.setFetchSize(FETCH_ROWS);
            if (!execute(prepared, statement, call)) {
                return new Answer(Optional.empty(), Math.max(0, prepared.getLargeUpdateCount()));
            }
            try (ResultSet rows = prepared.getResultSet()) {
                PostgresRows columns = new PostgresRows(rows, call);
                return new Answer(Optional.of(columns.all()), 0);
            }
        }
    }

    private PreparedStatement prepare(Connection connection, SqlText.Statement statement) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement.jdbc());
        // numbers and times come in binary from the first time on
        prepared.unwrap(PGStatement.class).setPrepareThreshold(-1);
        int place = 1;
        for (SqlText.Parameter parameter : statement.parameters()) {
            SqlValue.bind(prepared, place++, parameter.name(), values.get(parameter.name()));
        }
        return prepared;
    }

    private boolean execute(PreparedStatement prepared, SqlText.Statement statement, Call call) throws SQLException {
        try {
            return prepared.execute();
        } catch (PSQLException failure) {
            ServerErrorMessage message = failure.getServerErrorMessage();
            if (message == null
                    || message.getPosition() <= 0
                    || call.cancellation().isCancelled()) {
                throw failure;
            }
            throw new SqlException(sql, statement.offset(message.getPosition()), said(message), failure);
        }
    }

    private static String said(ServerErrorMessage message) {
        return message.getMessage() + (message.getHint() == null ? "" : ". " + message.getHint());
    }

    /** One select by a cursor, so many rows at a time. */
    TableStream stream(int chunkRows) {
        if (chunkRows < 1) {
            throw new IllegalArgumentException("chunks need at least one row, not " + chunkRows);
        }
        if (statements.size() != 1) {
            throw BlockException.user("A stream is of one select, and there are " + statements.size() + " statements.");
        }
        return TableStream.of("query", () -> open(chunkRows));
    }

    private TableStream.Chunks open(int chunkRows) {
        Call call = Engine.current();
        Connection connection = connections.open();
        Cancellation.Registration ending = PostgresConnections.ending(connection, call);
        try {
            connection.setAutoCommit(false);
            PreparedStatement prepared = prepare(connection, statements.get(0));
            prepared.setFetchSize(chunkRows);
            if (!execute(prepared, statements.get(0), call)) {
                throw BlockException.user("The statement answers no rows to stream; use execute.");
            }
            return new Pass(connection, ending, new PostgresRows(prepared.getResultSet(), call), chunkRows, call);
        } catch (SQLException failure) {
            close(connection, ending);
            throw connections.failed(WHAT, failure, call);
        } catch (RuntimeException | Error failure) {
            close(connection, ending);
            throw failure;
        }
    }

    private static void close(Connection connection, Cancellation.Registration ending) {
        ending.close();
        try {
            connection.close();
        } catch (SQLException gone) {
            // What failed before says more than a connection that cannot be closed.
            Thread.yield();
        }
    }

    /** A cursor, open until closed. */
    private final class Pass implements TableStream.Chunks {
        private final Connection connection;
        private final Cancellation.Registration ending;
        private final PostgresRows rows;
        private final int chunkRows;
        private final Call call;

        Pass(Connection connection, Cancellation.Registration ending, PostgresRows rows, int chunkRows, Call call) {
            this.connection = connection;
            this.ending = ending;
            this.rows = rows;
            this.chunkRows = chunkRows;
            this.call = call;
        }

        @Override
        public @Nullable Table next() {
            try {
                return rows.next(chunkRows);
            } catch (SQLException failure) {
                throw connections.failed(WHAT, failure, call);
            }
        }

        @Override
        public void close() {
            PostgresQuery.close(connection, ending);
        }
    }
}
