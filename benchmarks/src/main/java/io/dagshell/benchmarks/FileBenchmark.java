package io.dagshell.benchmarks;

import io.dagshell.blocks.Blocks;
import io.dagshell.blocks.PostgresBlock;
import io.dagshell.engine.run.Engine;
import io.dagshell.store.EnvironmentBlocks;
import io.dagshell.tables.ParquetCompression;
import io.dagshell.tables.Tables;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.Table;

/** Reading and writing whole files and query answers in one JVM, each step first and then warm; {@code benchmarks/peers.py} does the same. */
public final class FileBenchmark {
    private FileBenchmark() {}

    private interface Step {
        void run() throws Exception;
    }

    /** @param arguments the csv.gz, two Parquet files to make, rounds */
    public static void main(String[] arguments) throws Exception {
        Path csv = Path.of(arguments[0]);
        Path snappy = Path.of(arguments[1]);
        Path zstd = Path.of(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        Table[] table = new Table[1];
        timed("read csv.gz", rounds, () -> table[0] = Tables.readCsv(csv));
        timed("write Parquet, snappy", rounds, () -> Tables.writeParquet(table[0], snappy));
        timed("write Parquet, zstd", rounds, () -> Tables.writeParquet(table[0], zstd, ParquetCompression.ZSTD));
        timed("read Parquet, zstd", rounds, () -> Tables.readParquet(zstd));
        timed("read Parquet, snappy", rounds, () -> Tables.readParquet(snappy));
        timed(
                "drain Parquet, zstd",
                rounds,
                () -> Tables.streamParquet(zstd, 100_000).forEach(chunk -> {}));
        Path json = zstd.resolveSibling("trips.jsonl");
        Path text = zstd.resolveSibling("trips.csv");
        Path packed = zstd.resolveSibling("trips.csv.gz");
        timed("write csv", rounds, () -> Tables.writeCsv(table[0], text));
        timed("write csv.gz", rounds, () -> Tables.writeCsv(table[0], packed));
        timed("write JSON lines", rounds, () -> Tables.writeJsonLines(table[0], json));
        timed("read JSON lines", rounds, () -> Tables.readJsonLines(json));
        database(table[0], rounds);
        System.out.printf(
                Locale.ROOT,
                "bytes: csv.gz %,d, snappy %,d, zstd %,d%n",
                Files.size(csv),
                Files.size(snappy),
                Files.size(zstd));
    }

    /** Beside the client's own text {@code COPY} out of the same table, whose bytes are only counted. */
    private static void database(Table table, int rounds) throws Exception {
        try (EmbeddedPostgres server = Databases.durable();
                Engine engine = Engine.builder()
                        .blocks(EnvironmentBlocks.of(Map.of("DAGSHELL_BLOCK_DB", Databases.url(server))))
                        .build();
                Engine.Binding cell = engine.bind()) {
            PostgresBlock block = Blocks.postgres("db");
            block.replace("trips", table);
            timed("query into a table", rounds, () -> block.query("select * from trips", Map.of()));
            timed(
                    "stream by cursor",
                    rounds,
                    () -> block.stream("select * from trips", 100_000, Map.of()).forEach(chunk -> {}));
            timed("COPY out as text (pgjdbc)", rounds, () -> CopyFloor.unload(Databases.url(server), "trips"));
        }
    }

    private static void timed(String name, int rounds, Step step) throws Exception {
        double[] seconds = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            step.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        double[] warm = Arrays.copyOfRange(seconds, Math.min(1, rounds - 1), rounds);
        Arrays.sort(warm);
        System.out.printf(Locale.ROOT, "%s\t%.2f\t%.2f%n", name, seconds[0], warm[warm.length / 2]);
    }
}
