package io.dagshell.benchmarks;

import io.dagshell.tables.ParquetCompression;
import io.dagshell.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import tech.tablesaw.api.Table;

/** Reading and writing whole files in one JVM, each step first and then warm; {@code benchmarks/peers.py} does the same. */
public final class FileBenchmark {
    private FileBenchmark() {}

    private interface Step {
        void run() throws IOException;
    }

    /** @param arguments the csv.gz, two Parquet files to make, rounds */
    public static void main(String[] arguments) throws IOException {
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
        System.out.printf(
                Locale.ROOT,
                "bytes: csv.gz %,d, snappy %,d, zstd %,d%n",
                Files.size(csv),
                Files.size(snappy),
                Files.size(zstd));
    }

    private static void timed(String name, int rounds, Step step) throws IOException {
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
