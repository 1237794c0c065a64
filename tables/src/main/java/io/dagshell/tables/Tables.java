package io.dagshell.tables;

import io.dagshell.tables.csv.RowFile;
import io.dagshell.tables.csv.Source;
import io.dagshell.tables.csv.TableRead;
import io.dagshell.tables.csv.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/**
 * Tables from files of csv, JSON lines and Parquet at a path, {@code file:}, {@code http:}, {@code https:} or {@code gs:}
 * address, and back into files. A file named {@code .tsv} has tabs between its fields. Names of columns become lower-case. A type is never guessed: without a schema the whole file decides it; in a stream the first rows do, and
 * a later value that does not fit is an error.
 *
 * <pre>{@code
 * Table trips = Tables.readCsv("yellow_tripdata_2021-01.csv.gz");
 * Tables.stream(uri, 100_000).filter(chunk -> chunk.intColumn("passenger_count").isNotEqualTo(0)).forEach(this::load);
 * }</pre>
 */
public final class Tables {
    /** Part of cache keys; raised when the same call may give another table. */
    public static final String VERSION = "3";

    static {
        prepare();
    }

    private Tables() {}

    /** The whole file. */
    public static Table readCsv(URI address) throws IOException {
        return readCsv(address, CsvOptions.defaults());
    }

    /** The whole file. */
    public static Table readCsv(Path file) throws IOException {
        return readCsv(file, CsvOptions.defaults());
    }

    /** The whole file at a path or address. */
    public static Table readCsv(String pathOrAddress) throws IOException {
        return readCsv(pathOrAddress, CsvOptions.defaults());
    }

    public static Table readCsv(URI address, Schema schema) throws IOException {
        return readCsv(address, CsvOptions.defaults().withSchema(schema));
    }

    public static Table readCsv(Path file, Schema schema) throws IOException {
        return readCsv(file, CsvOptions.defaults().withSchema(schema));
    }

    public static Table readCsv(String pathOrAddress, Schema schema) throws IOException {
        return readCsv(pathOrAddress, CsvOptions.defaults().withSchema(schema));
    }

    public static Table readCsv(URI address, CsvOptions options) throws IOException {
        return new TableRead(RowFile.csv(Source.of(address), options)).read();
    }

    public static Table readCsv(Path file, CsvOptions options) throws IOException {
        return new TableRead(RowFile.csv(new Source.File(file), options)).read();
    }

    public static Table readCsv(String pathOrAddress, CsvOptions options) throws IOException {
        return new TableRead(RowFile.csv(Source.of(pathOrAddress), options)).read();
    }

    /** The file in chunks of so many rows; nothing is opened yet. */
    public static TableStream stream(URI address, int chunkRows) {
        return stream(address, chunkRows, CsvOptions.defaults());
    }

    /** The file in chunks of so many rows; nothing is opened yet. */
    public static TableStream stream(Path file, int chunkRows) {
        return stream(file, chunkRows, CsvOptions.defaults());
    }

    /** The file at a path or address in chunks of so many rows; nothing is opened yet. */
    public static TableStream stream(String pathOrAddress, int chunkRows) {
        return stream(pathOrAddress, chunkRows, CsvOptions.defaults());
    }

    public static TableStream stream(URI address, int chunkRows, Schema schema) {
        return stream(address, chunkRows, CsvOptions.defaults().withSchema(schema));
    }

    public static TableStream stream(URI address, int chunkRows, CsvOptions options) {
        return TableStream.rows(RowFile.csv(Source.of(address), options), chunkRows);
    }

    public static TableStream stream(Path file, int chunkRows, CsvOptions options) {
        return TableStream.rows(RowFile.csv(new Source.File(file), options), chunkRows);
    }

    public static TableStream stream(String pathOrAddress, int chunkRows, CsvOptions options) {
        return TableStream.rows(RowFile.csv(Source.of(pathOrAddress), options), chunkRows);
    }

    /**
     * Writes a csv file, with tabs if it is named {@code .tsv} and packed if its name ends in {@code .gz}. It appears under its
     * name when it is whole; the file. Missing values are empty fields, moments are written as {@code 2021-01-31T23:59:59}
     * and in UTC with a {@code Z}, decimals so that they read back the same.
     *
     * @throws TableFileException a text cannot be written in the file's charset
     */
    public static Path writeCsv(Table table, Path file) throws IOException {
        return writeCsv(table, file, CsvOptions.defaults());
    }

    public static Path writeCsv(Table table, Path file, CsvOptions options) throws IOException {
        return TextFiles.writeCsv(table, file, options);
    }

    /** Drains the stream into a csv file, as {@link #writeCsv(Table, Path)} writes it. */
    public static Path writeCsv(TableStream stream, Path file) throws IOException {
        return writeCsv(stream, file, CsvOptions.defaults());
    }

    public static Path writeCsv(TableStream stream, Path file, CsvOptions options) throws IOException {
        return TextFiles.writeCsv(stream, file, options);
    }

    /** As {@link #writeCsv(Table, Path)}, to a path or to a {@code file:} or {@code gs:} address; the place. */
    public static String writeCsv(Table table, String pathOrAddress) throws IOException {
        return Target.write(pathOrAddress, file -> writeCsv(table, file));
    }

    /** As {@link #writeCsv(TableStream, Path)}, to a path or to a {@code file:} or {@code gs:} address; the place. */
    public static String writeCsv(TableStream stream, String pathOrAddress) throws IOException {
        return Target.write(pathOrAddress, file -> writeCsv(stream, file));
    }

    /**
     * The whole file of JSON lines, one object a line, plain or gzip. Keys become columns, in lower case; a key that an object
     * lacks is a missing value, an object or array within is kept as its JSON. Numbers and flags have the type that all
     * values fit; strings are dates or timestamps if all are, else text, digits too.
     */
    public static Table readJsonLines(String pathOrAddress) throws IOException {
        return readJsonLines(pathOrAddress, JsonLinesOptions.defaults());
    }

    public static Table readJsonLines(Path file) throws IOException {
        return readJsonLines(file, JsonLinesOptions.defaults());
    }

    public static Table readJsonLines(URI address) throws IOException {
        return readJsonLines(address, JsonLinesOptions.defaults());
    }

    public static Table readJsonLines(String pathOrAddress, JsonLinesOptions options) throws IOException {
        return new TableRead(RowFile.jsonLines(Source.of(pathOrAddress), options)).read();
    }

    public static Table readJsonLines(Path file, JsonLinesOptions options) throws IOException {
        return new TableRead(RowFile.jsonLines(new Source.File(file), options)).read();
    }

    public static Table readJsonLines(URI address, JsonLinesOptions options) throws IOException {
        return new TableRead(RowFile.jsonLines(Source.of(address), options)).read();
    }

    /** The file of JSON lines in chunks of so many rows; nothing is opened yet. The first rows decide columns and types. */
    public static TableStream streamJsonLines(String pathOrAddress, int chunkRows, JsonLinesOptions options) {
        return TableStream.rows(RowFile.jsonLines(Source.of(pathOrAddress), options), chunkRows);
    }

    public static TableStream streamJsonLines(Path file, int chunkRows, JsonLinesOptions options) {
        return TableStream.rows(RowFile.jsonLines(new Source.File(file), options), chunkRows);
    }

    public static TableStream streamJsonLines(URI address, int chunkRows, JsonLinesOptions options) {
        return TableStream.rows(RowFile.jsonLines(Source.of(address), options), chunkRows);
    }

    /**
     * Writes an object a line, packed if the name ends in {@code .gz}; a missing value is null, moments are as in {@link
     * #writeCsv(Table, Path)}. The file appears under its name when it is whole; the file.
     *
     * @throws TableFileException an infinity, or half a surrogate pair: JSON has none
     */
    public static Path writeJsonLines(Table table, Path file) throws IOException {
        return TextFiles.writeJsonLines(table, file);
    }

    /** Drains the stream into a file of JSON lines. */
    public static Path writeJsonLines(TableStream stream, Path file) throws IOException {
        return TextFiles.writeJsonLines(stream, file);
    }

    /** As {@link #writeJsonLines(Table, Path)}, to a path or to a {@code file:} or {@code gs:} address; the place. */
    public static String writeJsonLines(Table table, String pathOrAddress) throws IOException {
        return Target.write(pathOrAddress, file -> writeJsonLines(table, file));
    }

    /** As {@link #writeJsonLines(TableStream, Path)}, to a path or to a {@code file:} or {@code gs:} address; the place. */
    public static String writeJsonLines(TableStream stream, String pathOrAddress) throws IOException {
        return Target.write(pathOrAddress, file -> writeJsonLines(stream, file));
    }

    /** The whole Parquet file, with the types it has. Names of columns become lower-case, as everywhere. */
    public static Table readParquet(Path file) throws IOException {
        return readParquet(file, ParquetOptions.defaults());
    }

    /** The whole Parquet file at a path or address. */
    public static Table readParquet(String pathOrAddress) throws IOException {
        return ParquetFiles.read(Source.of(pathOrAddress), ParquetOptions.defaults());
    }

    /** The whole Parquet file at a {@code file:}, {@code http:} or {@code https:} address; fetched as a whole first. */
    public static Table readParquet(URI address) throws IOException {
        return readParquet(address, ParquetOptions.defaults());
    }

    public static Table readParquet(URI address, ParquetOptions options) throws IOException {
        return ParquetFiles.read(Source.of(address), options);
    }

    public static Table readParquet(Path file, Schema schema) throws IOException {
        return readParquet(file, ParquetOptions.defaults().withSchema(schema));
    }

    public static Table readParquet(Path file, ParquetOptions options) throws IOException {
        return ParquetFiles.read(new Source.File(file), options);
    }

    /** The Parquet file in chunks of so many rows; nothing is opened yet. */
    public static TableStream streamParquet(Path file, int chunkRows) {
        return streamParquet(file, chunkRows, ParquetOptions.defaults());
    }

    /** The Parquet file in chunks of so many rows; nothing is opened yet. */
    public static TableStream streamParquet(Path file, int chunkRows, ParquetOptions options) {
        return TableStream.parquet(new Source.File(file), chunkRows, options);
    }

    /** The Parquet file at an address in chunks of so many rows; fetched as a whole when a pass starts. */
    public static TableStream streamParquet(URI address, int chunkRows) {
        return TableStream.parquet(Source.of(address), chunkRows, ParquetOptions.defaults());
    }

    /** The Parquet file at a path or address in chunks of so many rows; one elsewhere is fetched when a pass starts. */
    public static TableStream streamParquet(String pathOrAddress, int chunkRows) {
        return TableStream.parquet(Source.of(pathOrAddress), chunkRows, ParquetOptions.defaults());
    }

    /** Writes a Parquet file packed with snappy. It appears under its name when it is whole; the file. */
    public static Path writeParquet(Table table, Path file) throws IOException {
        return writeParquet(table, file, ParquetCompression.SNAPPY);
    }

    public static Path writeParquet(Table table, Path file, ParquetCompression compression) throws IOException {
        return ParquetFiles.write(table, file, compression);
    }

    /** As {@link #writeParquet(Table, Path)}, to a path or to a {@code file:} or {@code gs:} address; the place. */
    public static String writeParquet(Table table, String pathOrAddress) throws IOException {
        return writeParquet(table, pathOrAddress, ParquetCompression.SNAPPY);
    }

    public static String writeParquet(Table table, String pathOrAddress, ParquetCompression compression)
            throws IOException {
        return Target.write(pathOrAddress, file -> writeParquet(table, file, compression));
    }

    /** Drains the stream into a Parquet file packed with snappy. It appears under its name when it is whole; the file. */
    public static Path writeParquet(TableStream stream, Path file) throws IOException {
        return writeParquet(stream, file, ParquetCompression.SNAPPY);
    }

    public static Path writeParquet(TableStream stream, Path file, ParquetCompression compression) throws IOException {
        return ParquetFiles.write(stream, file, compression);
    }

    /** As {@link #writeParquet(TableStream, Path)}, to a path or to a {@code file:} or {@code gs:} address; the place. */
    public static String writeParquet(TableStream stream, String pathOrAddress) throws IOException {
        return writeParquet(stream, pathOrAddress, ParquetCompression.SNAPPY);
    }

    public static String writeParquet(TableStream stream, String pathOrAddress, ParquetCompression compression)
            throws IOException {
        return Target.write(pathOrAddress, file -> writeParquet(stream, file, compression));
    }

    /** Starts a schema: names and types of columns. */
    public static Schema.Builder schema() {
        return new Schema.Builder();
    }

    /** {@code 1,342,900 rows × 18 columns}. */
    public static String describe(Table table) {
        return String.format(
                Locale.ROOT,
                "%,d %s × %,d %s",
                table.rowCount(),
                table.rowCount() == 1 ? "row" : "rows",
                table.columnCount(),
                table.columnCount() == 1 ? "column" : "columns");
    }

    /**
     * Loads Tablesaw's types in the one order that is safe. Two threads that first touch two of its column classes hang
     * each other (Tablesaw #1123), unless the list of types was loaded before: whoever starts threads that use Tablesaw
     * without this class calls this first.
     */
    public static void prepare() {
        Objects.requireNonNull(ColumnType.STRING);
    }
}
