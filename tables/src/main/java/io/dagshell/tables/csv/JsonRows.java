package io.dagshell.tables.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.dagshell.tables.BadRows;
import io.dagshell.tables.JsonLinesOptions;
import io.dagshell.tables.Schema;
import io.dagshell.tables.TableFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** One pass over JSON lines. */
final class JsonRows implements Rows {
    private static final String END = String.valueOf(ReadAhead.END_MARK);

    private final Source source;
    private final ReadAhead reader;
    private final BufferedReader lines;
    private final BadRows policy;
    private final Troubles troubles;
    private final JsonColumns columns;
    private final JsonRow row = new JsonRow(new JsonFactory());
    private long line;
    private long rows;

    private JsonRows(Source source, ReadAhead reader, JsonLinesOptions options, @Nullable Schema proven) {
        this.source = source;
        this.reader = reader;
        lines = new BufferedReader(new LineLimit(reader, source.name(), LineLimit.CHARACTERS));
        policy = options.badRows();
        troubles = new Troubles(policy);
        columns = new JsonColumns(options.schema().orElse(null), proven);
    }

    static Rows open(Source source, JsonLinesOptions options, @Nullable Schema proven) throws IOException {
        return new JsonRows(source, ReadAhead.open(source, StandardCharsets.UTF_8), options, proven);
    }

    @Override
    public int read(int limit) throws IOException {
        int count = 0;
        while (count < limit && next()) {
            count++;
        }
        rows += count;
        if (count < limit && columns.none()) {
            throw new TableFileException(
                    source.name(),
                    "no line says what the columns are; give them with JsonLinesOptions.withSchema(..)",
                    null);
        }
        return count;
    }

    private boolean next() throws IOException {
        for (String text = line(); text != null; text = line()) {
            if (!text.isBlank() && taken(text)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String line() throws IOException {
        String text = lines.readLine();
        line++;
        troubles.at(line);
        if (text == null || text.equals(END)) {
            return null;
        }
        return line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private boolean taken(String text) throws TableFileException {
        String problem = problem(text);
        if (problem == null) {
            problem = columns.refusal(row, policy == BadRows.SKIP);
        }
        if (problem == null) {
            columns.add(row, troubles, policy == BadRows.NULL);
        } else if (policy == BadRows.SKIP) {
            troubles.passedOver(-1, problem);
            return false;
        } else {
            troubles.ends(-1, problem);
        }
        if (troubles.fatal() != null) {
            throw told(troubles.fatal());
        }
        return true;
    }

    private @Nullable String problem(String text) {
        try {
            return row.read(text);
        } catch (JsonProcessingException bad) {
            int at = bad.getLocation() == null ? 1 : bad.getLocation().getColumnNr();
            String why = bad.getOriginalMessage().replaceFirst(" \\(start marker at \\[.*\\]\\)", "");
            return "no JSON object on a line of its own: " + why + " (character " + at + ")";
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // it reads from memory
        }
    }

    private TableFileException told(Troubles.Trouble trouble) {
        String column = trouble.field() < 0 ? null : columns.name(trouble.field());
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
                : Optional.of(troubles.summary() + told(first).getMessage());
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
        return columns.mustReadAgain();
    }

    @Override
    public Schema schema() {
        return columns.schema();
    }

    @Override
    public Table take() {
        return columns.take(source.title());
    }

    @Override
    public void settle() {
        columns.settle(rows);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
