package io.dagshell.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * The physical floor of the reference job: {@code gzip -dc} into PostgreSQL's own text {@code COPY} into a typed table,
 * then rows with zero passengers deleted; the table dropped and created anew. Also the judge of what DagShell loads:
 * {@link #checksum} does not depend on row order.
 */
public final class CopyFloor {
    private static final String COLUMNS = """
            vendorid int, tpep_pickup_datetime timestamp, tpep_dropoff_datetime timestamp, passenger_count int,
            trip_distance float8, ratecodeid int, store_and_fwd_flag text, pulocationid int, dolocationid int,
            payment_type int, fare_amount float8, extra float8, mta_tax float8, tip_amount float8, tolls_amount float8,
            improvement_surcharge float8, total_amount float8, congestion_surcharge float8""";

    private CopyFloor() {}

    /**
     * {@code load FILE.csv.gz URL TABLE} loads; {@code checksum URL TABLE} prints rows and checksum of any table of the
     * reference schema.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 4 && arguments[0].equals("load")) {
            load(Path.of(arguments[1]), arguments[2], arguments[3]);
            System.out.println(checksum(arguments[2], arguments[3]));
            return;
        }
        if (arguments.length == 3 && arguments[0].equals("checksum")) {
            System.out.println(checksum(arguments[1], arguments[2]));
            return;
        }
        throw new IllegalArgumentException("usage: load FILE.csv.gz URL TABLE | checksum URL TABLE");
    }

    static void load(Path csvGz, String url, String table) throws SQLException, IOException, InterruptedException {
        Process gzip = new ProcessBuilder("gzip", "-dc", csvGz.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                InputStream text = new BufferedInputStream(gzip.getInputStream(), 1 << 16)) {
            statement.execute("drop table if exists " + table);
            statement.execute("create table " + table + " (" + COLUMNS + ")");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin with (format csv, header)", text, 1 << 16);
            statement.execute("delete from " + table + " where passenger_count = 0");
        }
        if (gzip.waitFor() != 0) {
            throw new IOException("gzip failed on " + csvGz);
        }
    }

    /** Has all rows of a table sent as text, and forgets them. */
    static void unload(String url, String table) throws SQLException, IOException {
        try (Connection connection = connect(url)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + table + " to stdout", OutputStream.nullOutputStream());
        }
    }

    /** Rows and a checksum over every column in name order, whatever the order of rows and columns: {@code 98029 1234…}. */
    static String checksum(String url, String table) throws SQLException {
        String sql = """
                select count(*), sum(hashtextextended(concat_ws('|', vendorid, tpep_pickup_datetime,
                    tpep_dropoff_datetime, coalesce(passenger_count::text, '∅'), trip_distance,
                    coalesce(ratecodeid::text, '∅'), coalesce(store_and_fwd_flag, '∅'), pulocationid, dolocationid,
                    coalesce(payment_type::text, '∅'), fare_amount, extra, mta_tax, tip_amount, tolls_amount,
                    improvement_surcharge, total_amount, congestion_surcharge), 0)::numeric)
                from %s""".formatted(table);
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1) + " " + row.getString(2);
        }
    }

    private static Connection connect(String url) throws SQLException {
        java.net.URI address = java.net.URI.create(url);
        String jdbc = "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + address.getPath();
        String user = address.getUserInfo() == null ? "postgres" : address.getUserInfo();
        return DriverManager.getConnection(jdbc, user, "");
    }
}
