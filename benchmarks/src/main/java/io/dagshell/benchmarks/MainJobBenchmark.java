package io.dagshell.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The main job as whole processes, start to exit, beside the physical floor of {@link CopyFloor}, interleaved round by
 * round in one run. Prints medians, the ratio to the floor and peak resident memory; checks that each loaded what the
 * floor loaded.
 */
public final class MainJobBenchmark {
    private final Path checkout;
    private final Path data;
    private final String url;
    private final Path scratch;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final Map<String, Long> peakKilobytes = new LinkedHashMap<>();

    private MainJobBenchmark(Path checkout, Path data, String url, Path scratch) {
        this.checkout = checkout;
        this.data = data;
        this.url = url;
        this.scratch = scratch;
    }

    /** {@code CHECKOUT FILE.csv.gz ROUNDS}. */
    public static void main(String[] arguments) throws Exception {
        Path checkout = Path.of(arguments[0]).toAbsolutePath();
        Path data = Path.of(arguments[1]).toAbsolutePath();
        int rounds = Integer.parseInt(arguments[2]);
        Path scratch = Files.createTempDirectory("dagshell-benchmark");
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            String url = "postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres";
            MainJobBenchmark benchmark = new MainJobBenchmark(checkout, data, url, scratch);
            for (int round = 0; round < rounds; round++) {
                benchmark.round(round);
            }
            benchmark.report();
        } finally {
            delete(scratch);
        }
    }

    private void round(int round) throws Exception {
        long start = System.nanoTime();
        CopyFloor.load(data, url, "floor");
        record("floor: gzip | COPY", start);
        flow("streamed flow", "ingestStreamed", scratch.resolve("streamed-" + round));
        Path home = scratch.resolve("whole-" + round);
        flow("whole tables, cache on and cold", "ingest", home);
        flow("whole tables, fetch and clean cached", "ingest", home);
        delete(home);
    }

    private void flow(String row, String flow, Path home) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                checkout.resolve("dagshell").toString(),
                "run",
                checkout.resolve("notebooks/examples/nyc_taxi_postgres.ipynb") + ":" + flow,
                "-p",
                "dataset=" + data,
                "-p",
                "table=trips");
        builder.environment().put("DAGSHELL_HOME", home.toString());
        builder.environment().put("DAGSHELL_BLOCK_POSTGRES_CONNECTOR", url);
        Path log = scratch.resolve("log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        long start = System.nanoTime();
        Process process = builder.start();
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            peakKilobytes.merge(row, residentPeak(process.pid()), Math::max);
        }
        record(row, start);
        if (process.exitValue() != 0) {
            throw new IOException(row + " failed:\n" + Files.readString(log));
        }
        String expected = CopyFloor.checksum(url, "floor");
        String loaded = CopyFloor.checksum(url, "trips");
        if (!loaded.equals(expected)) {
            throw new IOException(row + " loaded " + loaded + ", the floor " + expected);
        }
    }

    private void record(String row, long start) {
        seconds.computeIfAbsent(row, ignored -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
    }

    private static long residentPeak(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }

    private void report() {
        double floor = median(seconds.values().iterator().next());
        System.out.printf("%-40s %10s %10s %14s %10s%n", "", "median s", "x floor", "min-max s", "peak MB");
        seconds.forEach((row, values) -> System.out.printf(
                Locale.ROOT,
                "%-40s %10.2f %10.2f %14s %10d%n",
                row,
                median(values),
                median(values) / floor,
                String.format(
                        Locale.ROOT,
                        "%.2f-%.2f",
                        values.stream().min(Comparator.naturalOrder()).orElseThrow(),
                        values.stream().max(Comparator.naturalOrder()).orElseThrow()),
                peakKilobytes.getOrDefault(row, 0L) / 1000));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
