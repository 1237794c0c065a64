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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The main job as whole processes, start to exit, beside the physical floor of {@link CopyFloor}, interleaved round by
 * round in one run. Prints medians, the ratio to the floor and peak resident memory; checks that each loaded what the
 * floor loaded.
 */
public final class MainJobBenchmark {
    private static final String NOTEBOOK = "notebooks/examples/nyc_taxi_postgres.ipynb";
    /** {@code   fetch   Cached   0.05 s  …} */
    private static final Pattern CACHED = Pattern.compile("(?m)^\\s+(fetch|clean)\\s+Cached\\s+([0-9.]+) s");

    private final Path checkout;
    private final Path data;
    private final String url;
    private final Path scratch;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final Map<String, Long> peakKilobytes = new LinkedHashMap<>();
    private @Nullable ExportedFlow exported;

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
        try (EmbeddedPostgres database = Databases.durable()) {
            String url = Databases.url(database);
            MainJobBenchmark benchmark = new MainJobBenchmark(checkout, data, url, scratch);
            for (int round = 0; round < rounds; round++) {
                benchmark.round(round);
            }
            benchmark.report();
        } finally {
            Folders.delete(scratch);
        }
    }

    private void round(int round) throws Exception {
        long start = System.nanoTime();
        CopyFloor.load(data, url, "floor");
        record("floor: gzip | COPY", start);
        Path home = scratch.resolve("home-" + round);
        notebook("streamed flow, compiled first", NOTEBOOK, "ingestStreamed", home);
        notebook("streamed flow, run again", NOTEBOOK, "ingestStreamed", home);
        if (exported == null) {
            exported = ExportedFlow.of(checkout, scratch);
        }
        run("streamed flow, exported", exported.program(), exported.home());
        run("streamed flow, exported, an agent's heap", exported.program(ExportedFlow.agentsHeap()), exported.home());
        notebook("whole tables, cache off", uncached(), "ingest", home);
        notebook("whole tables, cache on and cold", NOTEBOOK, "ingest", home);
        notebook("whole tables, fetch and clean cached", NOTEBOOK, "ingest", home);
        Folders.delete(home);
    }

    private void notebook(String row, String notebook, String flow, Path home) throws Exception {
        String dagshell = checkout.resolve("dagshell").toString();
        run(row, List.of(dagshell, "run", checkout.resolve(notebook) + ":" + flow), home);
    }

    /** The example without the word that asks for the cache. */
    private String uncached() throws IOException {
        Path copy = scratch.resolve("uncached.ipynb");
        String text = Files.readString(checkout.resolve(NOTEBOOK));
        Files.writeString(copy, text.replaceAll("(%%task[^\"]*?) cache(?=[ \\\\\"])", "$1"));
        return copy.toString();
    }

    private void run(String row, List<String> program, Path home) throws Exception {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-p", "dataset=" + data, "-p", "table=trips"));
        Path log = scratch.resolve("log");
        WholeProcess process = WholeProcess.of(
                command, Map.of("DAGSHELL_HOME", home.toString(), "DAGSHELL_BLOCK_POSTGRES_CONNECTOR", url), log);
        took(row, process.seconds());
        peakKilobytes.merge(row, process.peakKilobytes(), Math::max);
        hits(log);
        String expected = CopyFloor.checksum(url, "floor");
        String loaded = CopyFloor.checksum(url, "trips");
        if (!loaded.equals(expected)) {
            throw new IOException(row + " loaded " + loaded + ", the floor " + expected);
        }
    }

    /** What the run itself says its cached tasks took. */
    private void hits(Path log) throws IOException {
        Matcher cached = CACHED.matcher(Files.readString(log));
        double together = 0;
        while (cached.find()) {
            together += Double.parseDouble(cached.group(2));
        }
        if (together > 0) {
            took("  of which fetch and clean", together);
        }
    }

    private void record(String row, long start) {
        took(row, (System.nanoTime() - start) / 1e9);
    }

    private void took(String row, double time) {
        seconds.computeIfAbsent(row, ignored -> new ArrayList<>()).add(time);
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
}
