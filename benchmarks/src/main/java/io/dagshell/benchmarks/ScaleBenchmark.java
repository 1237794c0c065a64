package io.dagshell.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The exported streamed job over one to ten million made-up trips, into PostgreSQL: whether its time grows with the rows and its
 * memory does not. Checks rows and a sum of what was loaded; draws what it saw.
 */
public final class ScaleBenchmark {
    private static final int[] MILLIONS = {1, 2, 5, 10};
    private static final long SEED = 2021;
    /** How the flow is run: with the heap that agents give a run, and as Java does by itself. */
    private static final Map<String, String[]> WAYS = ways();

    private ScaleBenchmark() {}

    private static Map<String, String[]> ways() {
        Map<String, String[]> ways = new LinkedHashMap<>();
        ways.put("the heap of an agent's runs", ExportedFlow.agentsHeap());
        ways.put("java -jar flow.jar, Java's default collector", new String[0]);
        return ways;
    }

    /** {@code CHECKOUT ROUNDS [FILE.svg]}. */
    public static void main(String[] arguments) throws Exception {
        Path checkout = Path.of(arguments[0]).toAbsolutePath();
        int rounds = Integer.parseInt(arguments[1]);
        Path scratch = Files.createTempDirectory("dagshell-benchmark");
        try (EmbeddedPostgres database = Databases.durable()) {
            TripsFile trips = TripsFile.generate(scratch, MILLIONS[MILLIONS.length - 1], SEED);
            ExportedFlow flow = ExportedFlow.of(checkout, scratch);
            List<ScalePlot.Seen> seen = new ArrayList<>();
            System.out.printf("%12s %10s %10s %10s%n", "rows", "seconds", "rows/s", "peak MB");
            for (int round = 0; round < rounds; round++) {
                for (int millions : MILLIONS) {
                    for (String way : WAYS.keySet()) {
                        seen.add(run(way, flow, trips, millions, database));
                    }
                }
            }
            if (arguments.length > 2) {
                Files.writeString(Path.of(arguments[2]), ScalePlot.svg(seen));
            }
        } finally {
            Folders.delete(scratch);
        }
    }

    private static ScalePlot.Seen run(
            String way, ExportedFlow flow, TripsFile trips, int millions, EmbeddedPostgres database) throws Exception {
        Path file = trips.of(millions);
        List<String> command = new ArrayList<>(flow.program(WAYS.getOrDefault(way, new String[0])));
        command.addAll(List.of("-p", "dataset=" + file, "-p", "table=trips"));
        WholeProcess took = WholeProcess.of(
                command,
                Map.of(
                        "DAGSHELL_HOME",
                        flow.home().toString(),
                        "DAGSHELL_BLOCK_POSTGRES_CONNECTOR",
                        Databases.url(database)),
                file.resolveSibling("log"));
        List<Long> loaded = loaded(database);
        if (!loaded.equals(trips.expected(millions))) {
            throw new IOException("loaded " + loaded + ", expected " + trips.expected(millions));
        }
        Files.delete(file);
        long rows = (long) millions * TripsFile.MEMBER_ROWS;
        System.out.printf(
                Locale.ROOT,
                "%,12d %10.2f %,10.0f %10d   load %.1f, %s%n",
                rows,
                took.seconds(),
                rows / took.seconds(),
                took.peakKilobytes() / 1000,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                way);
        return new ScalePlot.Seen(way, rows, took.seconds(), took.peakKilobytes() / 1000.0);
    }

    private static List<Long> loaded(EmbeddedPostgres database) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*), sum(pulocationid) from trips")) {
            row.next();
            return List.of(row.getLong(1), row.getLong(2));
        }
    }
}
