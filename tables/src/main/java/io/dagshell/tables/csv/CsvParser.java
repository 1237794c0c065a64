package io.dagshell.tables.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.dagshell.tables.CsvOptions;
import io.dagshell.tables.Schema;
import io.dagshell.tables.TableFileException;
import io.dagshell.tables.column.FastTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** One pass over one source: rows in, tables out. Used by one thread; {@link #close} may come from any. */
final class CsvParser implements Rows {
    /** Room for one field; a quote that is never closed runs into it. */
    private static final int LONGEST_FIELD = 16 * 1024 * 1024;

    private final Source source;
    private final ReadAhead reader;
    private final Troubles troubles;
    private final RecordHandler handler;
    private final CloseableIterator<Boolean> records;
    private final Header header;
    private final ColumnBuilder[] columns;
    private long rows;

    /**
     * @param proven the types an earlier pass found, by which values are read strictly; null to find them
     */
    private CsvParser(Source source, ReadAhead reader, CsvOptions options, @Nullable Schema proven) throws IOException {
        this.source = source;
        this.reader = reader;
        troubles = new Troubles(options.badRows());
        handler = new RecordHandler(troubles);
        records = CsvReader.builder()
                .fieldSeparator(options.separatorOf(source.name()))
                .skipEmptyLines(false)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .maxBufferSize(LONGEST_FIELD)
                .build(handler, reader)
                .iterator();
        header = Header.read(source.name(), next() ? handler.header() : List.of());
        columns = header.builders(options.schema().orElse(null), proven);
        handler.into(Fields.of(columns, options.missing(), options.badRows(), troubles));
    }

    static CsvParser open(Source source, CsvOptions options, @Nullable Schema proven) throws IOException {
        ReadAhead reader = ReadAhead.open(source, options.charset());
        try {
            return new CsvParser(source, reader, options, proven);
        } catch (IOException | RuntimeException failure) {
            reader.close();
            throw failure;
        }
    }

    @Override
    public int read(int limit) throws IOException {
        int count = 0;
        while (count < limit && next()) {
            count++;
        }
        rows += count;
        return count;
    }

    @Override
    public long consumedBytes() {
        return reader.consumed();
    }

    @Override
    public long expectedBytes() {
        return reader.expected();
    }

    @Override
    public boolean mustReadAgain() {
        return Stream.of(columns)
                .anyMatch(column -> column instanceof InferringBuilder inferring && inferring.unusable());
    }

    @Override
    public Schema schema() {
        Schema.Field[] fields = new Schema.Field[columns.length];
        Arrays.setAll(fields, i -> new Schema.Field(header.names().get(i), columns[i].type()));
        return new Schema(List.of(fields), false);
    }

    @Override
    public Table take() {
        Column<?>[] taken = new Column<?>[columns.length];
        Arrays.setAll(taken, i -> columns[i].take(header.names().get(i)));
        return new FastTable(source.title(), List.of(taken));
    }

    @Override
    public void settle() {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] instanceof InferringBuilder found) {
                columns[i] = new SettledBuilder(Builders.of(found.type(), true), rows);
            }
        }
    }

    private boolean next() throws IOException {
        try {
            while (!handler.ended() && records.hasNext()) {
                boolean record = records.next();
                if (troubles.fatal() != null) {
                    throw problem(troubles.fatal());
                }
                if (record) {
                    return true;
                }
            }
            if (handler.ended()) {
                return false;
            }
            throw new TableFileException(source.name(), troubles.line(), null, RecordHandler.UNCLOSED, null);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        } catch (CsvParseException bad) {
            throw bad.getCause() instanceof IOException known ? known : malformed(bad);
        }
    }

    private TableFileException problem(Troubles.Trouble trouble) {
        String column = trouble.field() < 0 ? null : header.names().get(trouble.field());
        return new TableFileException(source.name(), trouble.line(), column, trouble.problem(), null);
    }

    @Override
    public String passedOverNote() {
        return troubles.note();
    }

    @Override
    public Optional<String> passedOver() {
        Troubles.Trouble first = troubles.first();
        return first == null
                ? Optional.empty()
                : Optional.of(troubles.summary() + problem(first).getMessage());
    }

    private TableFileException malformed(CsvParseException bad) {
        Throwable reason = bad.getCause() == null ? bad : bad.getCause();
        return new TableFileException(
                source.name(), Math.max(1, troubles.line()), null, "bad quoting: " + reason.getMessage(), bad);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
