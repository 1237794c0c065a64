package io.dagshell.blocks;

import io.dagshell.engine.run.Call;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import tech.tablesaw.api.Table;

/** One load within its transaction: the first chunk says what the table is, each chunk is sent as it comes. Not thread-safe. */
final class PostgresLoad {
    private final Connection connection;
    private final LoadWay way;
    private final Call call;
    private final PostgresTarget target;
    private final CopyBuffer buffer = new CopyBuffer();
    private List<String> columns = List.of();
    private @Nullable CopyIn copy;
    private long rows;

    PostgresLoad(Connection connection, LoadWay way, Call call) {
        this.connection = connection;
        this.way = way;
        this.call = call;
        this.target = new PostgresTarget(connection, way);
    }

    void take(Table chunk) throws SQLException {
        call.cancellation().check();
        CopyIn to = copy == null ? begin(chunk) : copy;
        target.checkKeys(chunk, rows);
        List<PostgresColumn.FieldWriter> writers = new ArrayList<>();
        for (String name : columns) {
            writers.add(PostgresColumn.writer(chunk.column(name), rows));
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
        PostgresName.check(way.table(), columns);
        String into = target.prepare(chunk);
        CopyIn begun = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + into + " (" + PostgresName.list(columns) + ") from stdin with (format binary)");
        copy = begun;
        buffer.header();
        return begun;
    }

    /** Ends the copy; the transaction is still open. */
    long finish() throws SQLException {
        if (copy == null) {
            throw BlockException.user("There is nothing to load into '" + way.table() + "': the stream has no chunk.");
        }
        buffer.trailer();
        send(copy);
        long loaded = copy.endCopy();
        target.settle(columns);
        return loaded;
    }
}
