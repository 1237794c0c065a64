package io.dagshell.tables.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.dagshell.tables.TableFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Writes JSON lines: an object a row, a null where a value is missing. */
public final class JsonLinesSink extends TextSink {
    private final Path target;
    private final JsonGenerator json;

    public JsonLinesSink(Path target) throws IOException {
        super(target, StandardCharsets.UTF_8);
        this.target = target;
        json = new JsonFactory().createGenerator(text());
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    private interface Cell {
        void write(int row) throws IOException;
    }

    @Override
    RowWriter writer(Table table, long before) {
        String[] names = table.columnNames().toArray(String[]::new);
        Cell[] cells =
                table.columns().stream().map(column -> cell(column, before)).toArray(Cell[]::new);
        return row -> {
            json.writeStartObject();
            for (int i = 0; i < cells.length; i++) {
                json.writeFieldName(names[i]);
                cells[i].write(row);
            }
            json.writeEndObject();
        };
    }

    private Cell cell(Column<?> column, long before) {
        Cell present = present(column, before);
        return row -> {
            if (column.isMissing(row)) {
                json.writeNull();
            } else {
                present.write(row);
            }
        };
    }

    private Cell present(Column<?> column, long before) {
        CellText text = CellText.of(column);
        if (column instanceof DoubleColumn || column instanceof FloatColumn) {
            NumberColumn<?, ?> numbers = (NumberColumn<?, ?>) column;
            return row -> {
                if (Double.isInfinite(numbers.getDouble(row))) {
                    throw new TableFileException(
                            target.toString(),
                            0,
                            column.name(),
                            "row " + (before + row + 1) + " is infinite, which JSON has no number for",
                            null);
                }
                json.writeNumber(text.at(row));
            };
        }
        if (column instanceof NumberColumn<?, ?>) {
            return row -> json.writeNumber(text.at(row));
        }
        if (column instanceof BooleanColumn flags) {
            return row -> json.writeBoolean(Boolean.TRUE.equals(flags.get(row)));
        }
        return row -> json.writeString(text.at(row));
    }

    @Override
    void end() throws IOException {
        json.writeRaw('\n');
        json.close();
    }
}
