package io.dagshell.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.value.BlobReader;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Codecs;
import io.dagshell.engine.value.Digest;
import io.dagshell.engine.value.Sha256Sink;
import io.dagshell.engine.value.Sources;
import io.dagshell.engine.value.StandardCodecs;
import io.dagshell.tables.TableCodec;
import io.dagshell.tables.TablePreview;
import io.dagshell.tables.Tables;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Digest, stored form and preview of large tables: the first time in this process, and the median of five more. */
public final class TableBenchmark {
    private static final Codecs CODECS = StandardCodecs.with(new TableCodec());
    private static final int ROUNDS = 5;
    private static final int PREVIEWED = 10_000_000;

    private TableBenchmark() {}

    /** {@code FILE.csv.gz}. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("dagshell-benchmark");
        try {
            Table trips = Tables.readCsv(arguments[0]);
            double gigabytes = bytes(trips) / 1e9;
            System.out.println(Tables.describe(trips) + ", " + Math.round(gigabytes * 1000) + " MB in memory");
            report("digest, per GB", gigabytes, () -> digest(trips));
            Blobs blobs = new Blobs(folder);
            JsonNode stored = CODECS.encode(trips, Table.class, blobs);
            System.out.printf(Locale.ROOT, "stored: %.1f MB%n", Folders.bytes(folder) / 1e6);
            report("store", 1, () -> CODECS.encode(trips, Table.class, blobs));
            report("restore, every column", 1, () -> restored(stored, blobs));
            Table large = large();
            TablePreview preview = TablePreview.of(trips);
            System.out.println("preview of the trips: " + utf8(preview.html()) + " bytes of HTML");
            report("preview of 10,000,000 × 6", 1, () -> TablePreview.of(large));
            System.out.println("of that: " + utf8(TablePreview.of(large).html()) + " bytes of HTML");
        } finally {
            Folders.delete(folder);
        }
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Digest digest(Table table) {
        Sha256Sink sink = Sha256Sink.create(Sources.local());
        CODECS.digest(table, Table.class, sink);
        return sink.finish();
    }

    private static Table restored(JsonNode stored, Blobs blobs) throws IOException {
        Table table = (Table) CODECS.decode(stored, Table.class, blobs);
        if (table == null || table.columns().stream().anyMatch(column -> column.size() != table.rowCount())) {
            throw new IllegalStateException("a column came back short");
        }
        return table;
    }

    /** As arrays; text as codes of four bytes. */
    private static long bytes(Table table) {
        return table.columns().stream()
                .mapToLong(column -> (long) table.rowCount()
                        * (column.type() == ColumnType.STRING
                                ? 4
                                : column.type().byteSize()))
                .sum();
    }

    private static Table large() {
        Random random = new Random(1);
        String[] places =
                IntStream.range(0, PREVIEWED).mapToObj(i -> "zone " + i % 260).toArray(String[]::new);
        return Table.create(
                "large",
                IntColumn.create("id", IntStream.range(0, PREVIEWED).toArray()),
                IntColumn.create("day", random.ints(PREVIEWED, 0, 366).toArray()),
                DoubleColumn.create("fare", random.doubles(PREVIEWED, 0, 90).toArray()),
                DoubleColumn.create("tip", random.doubles(PREVIEWED, 0, 9).toArray()),
                DoubleColumn.create("distance", random.doubles(PREVIEWED, 0, 30).toArray()),
                StringColumn.create("zone", places));
    }

    private static void report(String what, double divisor, Callable<?> work) throws Exception {
        double first = seconds(work) / divisor;
        double[] more = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            more[i] = seconds(work) / divisor;
        }
        Arrays.sort(more);
        System.out.printf(
                Locale.ROOT, "%-28s first %.3f s, median of %d more %.3f s%n", what, first, ROUNDS, more[ROUNDS / 2]);
    }

    private static double seconds(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        if (work.call() == null) {
            throw new IllegalStateException("no result");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Files named by their digest, without the cache's locks and checks. */
    private record Blobs(Path folder) implements BlobReader, BlobWriter {
        @Override
        public Digest write(Content content) throws IOException {
            Path fresh = folder.resolve(UUID.randomUUID().toString());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
                content.writeTo(out);
            }
            Digest address = Digest.of(Digest.sha256().digest(Files.readAllBytes(fresh)));
            Files.move(fresh, folder.resolve(address.hex()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return address;
        }

        @Override
        public InputStream open(Digest address) {
            try {
                return Files.newInputStream(folder.resolve(address.hex()));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        @Override
        public Path file(Digest address, String name) {
            throw new UnsupportedOperationException("tables are not files");
        }
    }
}
