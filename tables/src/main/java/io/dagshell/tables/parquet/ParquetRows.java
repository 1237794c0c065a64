package io.dagshell.tables.parquet;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Engine;
import io.dagshell.tables.ParquetException;
import io.dagshell.tables.ParquetOptions;
import io.dagshell.tables.column.InParallel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Reads a file some rows at a time. A row group's packed pages are in memory while it is read; pages are unpacked as rows are
 * asked for, columns side by side. Used by one thread.
 */
public final class ParquetRows implements Closeable {
    private final String name;
    private final String title;
    private final ParquetOptions options;
    private final ParquetFileReader file;
    private final List<Leaf> leaves;
    private final LeafReader[] readers;
    private final Optional<Call> call = Engine.currentIfBound();
    private @Nullable PageReadStore group;
    private LeafValues[] columns = {};
    private long leftInGroup;
    private long done;
    private boolean given;

    private ParquetRows(String name, String title, ParquetOptions options, ParquetFileReader file) throws IOException {
        this.name = name;
        this.title = title;
        this.options = options;
        this.file = file;
        leaves = Leaf.of(name, file.getFileMetaData().getSchema(), options);
        if (options.schema().isPresent()) {
            Leaf.check(name, leaves, options.schema().get());
        }
        file.setRequestedSchema(leaves.stream().map(Leaf::descriptor).toList());
        readers = leaves.stream()
                .map(leaf -> LeafReaders.of(leaf.kind(), leaf.descriptor(), options.truncatesTimes()))
                .toArray(LeafReader[]::new);
    }

    /** @param name as messages name it, where the file was fetched from elsewhere */
    public static ParquetRows open(Path path, String name, String title, ParquetOptions options) throws IOException {
        if (!Files.isRegularFile(path)) {
            String problem = Files.exists(path) ? "is not a file" : "no such file (looked in " + folder(path) + ")";
            throw new ParquetException(FailureKind.RESOURCE, name, null, 0, problem, null);
        }
        ParquetReadOptions how = new ParquetReadOptions.Builder(new PlainParquetConfiguration())
                .withCodecFactory(new Codecs())
                .usePageChecksumVerification()
                .build();
        ParquetFileReader file;
        try {
            file = ParquetFileReader.open(new LocalInputFile(path), how);
        } catch (RuntimeException broken) {
            throw new ParquetException(
                    FailureKind.USER, name, null, 0, "is not a whole Parquet file: " + broken.getMessage(), broken);
        }
        try {
            return new ParquetRows(name, title, options, file);
        } catch (IOException | RuntimeException refused) {
            file.close();
            throw refused;
        }
    }

    private static Path folder(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /** All rows of the file. */
    public long total() {
        return file.getRecordCount();
    }

    /** The next rows, at most {@code most} of them; null after the last, but a file without rows gives a table once. */
    public @Nullable Table next(int most) throws IOException {
        long left = total() - done;
        if (left == 0 && given) {
            return null;
        }
        int rows = (int) Math.min(most, left);
        for (LeafReader reader : readers) {
            reader.start(rows);
        }
        for (int read = 0; read < rows; ) {
            int some = (int) Math.min(rows - read, groupRows());
            read(some, done);
            read += some;
        }
        done += rows;
        given = true;
        return table();
    }

    private long groupRows() throws IOException {
        while (leftInGroup == 0) {
            call.ifPresent(working -> working.cancellation().check());
            if (group != null) {
                group.close();
            }
            PageReadStore next = readGroup();
            group = next;
            leftInGroup = next.getRowCount();
            columns = leaves.stream()
                    .map(leaf -> new LeafValues(leaf.descriptor(), next.getPageReader(leaf.descriptor())))
                    .toArray(LeafValues[]::new);
        }
        return leftInGroup;
    }

    private PageReadStore readGroup() throws IOException {
        try {
            PageReadStore next = file.readNextRowGroup();
            if (next == null) {
                throw broken(new IOException("row groups have fewer rows than the file says"));
            }
            return next;
        } catch (RuntimeException unreadable) {
            throw broken(unreadable);
        }
    }

    private void read(int rows, long before) throws IOException {
        try {
            InParallel.each(
                    readers.length,
                    i -> {
                        read(i, rows, before);
                        return readers[i];
                    },
                    LeafReader[]::new);
        } catch (Refused refused) {
            throw refused.told();
        } catch (RuntimeException unreadable) {
            throw broken(unreadable);
        }
        leftInGroup -= rows;
        call.ifPresent(working -> working.progress().report(before + rows, total(), "rows"));
    }

    private void read(int column, int rows, long before) {
        try {
            readers[column].read(columns[column], rows);
        } catch (LeafReader.Unfit unfit) {
            throw new Refused(new ParquetException(
                    FailureKind.USER,
                    name,
                    leaves.get(column).name(),
                    before + unfit.at() + 1,
                    String.valueOf(unfit.getMessage()),
                    unfit.getCause()));
        }
    }

    private Table table() throws IOException {
        Column<?>[] made = new Column<?>[readers.length];
        for (int i = 0; i < made.length; i++) {
            Column<?> column = readers[i].column(leaves.get(i).name());
            made[i] = options.schema().isPresent()
                    ? AsExpected.column(name, column, options.schema().get(), done - column.size())
                    : column;
        }
        return Table.create(title, made);
    }

    private ParquetException broken(Exception unreadable) {
        return new ParquetException(
                FailureKind.USER, name, null, 0, "cannot be read: " + unreadable.getMessage(), unreadable);
    }

    @Override
    public void close() throws IOException {
        if (group != null) {
            group.close();
        }
        file.close();
    }

    /** Carries what is wrong with a value from a thread that reads a column. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final ParquetException told;

        Refused(ParquetException told) {
            super(told);
            this.told = told;
        }

        ParquetException told() {
            return told;
        }
    }
}
