package io.dagshell.tables.parquet;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.ParquetCompression;
import io.dagshell.tables.ParquetException;
import io.dagshell.tables.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Writes a file table by table, under a name of its own beside the target; {@link #finish} gives it its name, so that no
 * half a file is ever seen there. Closed without it, nothing is left. Used by one thread.
 */
public final class ParquetSink implements Closeable {
    private static final int ROWS_BETWEEN_CHECKS = 65_536;
    private static final int ROWS_OF_GROUP = 1_000_000;

    private final Path target;
    private final Path part;
    private final ParquetCompression compression;
    private final Optional<Call> call = Engine.currentIfBound();
    private final ParquetProperties properties =
            ParquetProperties.builder().withPageWriteChecksumEnabled(true).build();
    private @Nullable Schema schema;
    private @Nullable MessageType leaves;
    private @Nullable ParquetFileWriter file;
    private @Nullable RowGroup group;
    private int groups;
    private long rows;

    public ParquetSink(Path target, ParquetCompression compression) throws IOException {
        this.target = target.toAbsolutePath();
        this.compression = compression;
        Path folder = this.target.getParent();
        if (folder == null || Files.isDirectory(this.target)) {
            throw wrong("is a folder, not a file", null);
        }
        Files.createDirectories(folder);
        part = folder.resolve("." + this.target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".part");
    }

    /** Rows after those written before; columns must be the first table's. */
    public void write(Table table) throws IOException {
        try {
            List<LeafWriter> cells =
                    table.columns().stream().map(LeafWriter::of).toList();
            ParquetFileWriter to = open(table, cells);
            for (int row = 0; row < table.rowCount(); ) {
                call.ifPresent(working -> working.cancellation().check());
                RowGroup into = group();
                int end = (int) Math.min(
                        table.rowCount(), (long) row + Math.min(ROWS_BETWEEN_CHECKS, ROWS_OF_GROUP - into.rows()));
                into.add(cells, row, end);
                rows += end - row;
                row = end;
                if (into.rows() == ROWS_OF_GROUP) {
                    close(into, to);
                }
                call.ifPresent(working -> working.progress().report(rows, -1, "rows"));
            }
        } catch (IllegalArgumentException | ArithmeticException unfit) {
            throw wrong(String.valueOf(unfit.getMessage()), unfit);
        }
    }

    private ParquetFileWriter open(Table table, List<LeafWriter> cells) throws IOException {
        Schema now = Schema.of(table);
        ParquetFileWriter known = file;
        if (known != null) {
            if (!now.equals(schema)) {
                throw wrong("a table came with columns [" + now + "], the first with [" + schema + "]", null);
            }
            return known;
        }
        if (cells.isEmpty()) {
            throw wrong("a table without columns cannot be written", null);
        }
        MessageType type =
                new MessageType("table", cells.stream().map(LeafWriter::type).toList());
        known = new ParquetFileWriter(
                new LocalOutputFile(part),
                type,
                ParquetFileWriter.Mode.CREATE,
                ParquetWriter.DEFAULT_BLOCK_SIZE,
                0,
                null,
                properties);
        known.start();
        file = known;
        leaves = type;
        schema = now;
        return known;
    }

    private RowGroup group() {
        RowGroup open = group;
        if (open == null) {
            open = new RowGroup(
                    Objects.requireNonNull(leaves),
                    CompressionCodecName.valueOf(compression.name()),
                    properties,
                    groups++);
            group = open;
        }
        return open;
    }

    private void close(RowGroup whole, ParquetFileWriter to) throws IOException {
        whole.writeTo(to);
        group = null;
    }

    private ParquetException wrong(String problem, @Nullable Throwable cause) {
        return new ParquetException(FailureKind.USER, target.toString(), null, 0, problem, cause);
    }

    /** Makes the file visible under its name, in place of one that was there; the rows written. */
    public long finish() throws IOException {
        ParquetFileWriter open = file;
        if (open == null) {
            throw new IllegalStateException("no table was written to " + target);
        }
        if (group != null) {
            close(group, open);
        }
        open.end(Map.of());
        open.close();
        file = null;
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return rows;
    }

    @Override
    public void close() throws IOException {
        try {
            if (group != null) {
                group.close();
            }
            if (file != null) {
                file.close();
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
