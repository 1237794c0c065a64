package io.dagshell.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The database that holds our tables, a SQLite file or a PostgreSQL server: connections to it, and its tables brought to
 * this version's form by the first that asks. Thread-safe; several processes may do so at once.
 */
public final class Database implements AutoCloseable {
    /** Versions of the files in {@code migrations}, the newest last. */
    static final List<String> VERSIONS =
            List.of("1", "2", "4", "5", "6", "7", "8", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19");

    /** Version of the newest file in {@code migrations}. */
    static final String VERSION = VERSIONS.get(VERSIONS.size() - 1);

    /** Where Flyway keeps what it did. */
    static final String HISTORY = "flyway_schema_history";

    private static final int BUSY_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 20;
    private static final long CONNECT_MILLIS = 10_000;
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Dialect dialect;
    private final UnaryOperator<DataSource> watch;
    private boolean ready;
    private @Nullable HikariDataSource pool;
    private @Nullable PostgresClock clock;

    Database(Path file) {
        this(file, BUSY_MILLIS);
    }

    Database(Path file, int busyMillis) {
        this(new SqliteDialect(file, busyMillis));
    }

    private Database(Dialect dialect) {
        this(dialect, UnaryOperator.identity());
    }

    private Database(Dialect dialect, UnaryOperator<DataSource> watch) {
        this.dialect = dialect;
        this.watch = watch;
    }

    /** For a test that reads the statements. */
    static Database watched(Path file, UnaryOperator<DataSource> watch) {
        return new Database(new SqliteDialect(file, BUSY_MILLIS), watch);
    }

    /** A SQLite file, made when first used. */
    public static Database file(Path file) {
        return new Database(file);
    }

    /**
     * The database people name: {@code jdbc:postgresql://…}, {@code postgresql://user:password@host/name}, or else a
     * SQLite file.
     */
    public static Database at(String address) {
        return at(address, null);
    }

    /**
     * The database people name, with the password kept elsewhere; one that the address says goes before it.
     *
     * @throws IllegalArgumentException the address is of another kind of database, or cannot be read
     */
    public static Database at(String address, @Nullable String password) {
        if (address.matches("(jdbc:)?postgres(ql)?://.*")) {
            return new Database(PostgresDialect.of(address.replaceFirst("^postgres://", "postgresql://"), password));
        }
        String file = address.replaceFirst("^jdbc:sqlite:", "");
        if (file.matches("(jdbc:.*|[A-Za-z][A-Za-z0-9+.-]+://.*)")) {
            throw new IllegalArgumentException("A database of kind '" + address.replaceFirst("://.*", "")
                    + "' is not known; there are postgresql://user@host/name and a file's path.");
        }
        return file(Path.of(file));
    }

    /** What people call it: the file, or the address without user and password. */
    public String place() {
        return dialect.place();
    }

    /** Whether it is PostgreSQL, whose locks are of rows; SQLite's are of the whole file. */
    public boolean isPostgres() {
        return dialect instanceof PostgresDialect;
    }

    /** A connection of the caller's own; tables are there. */
    public Connection connect() throws SQLException {
        prepare();
        // Opening a file is cheap, and a process that only tells of its runs needs no pool.
        return isPostgres()
                ? pooled().getConnection()
                : watch.apply(dialect.source()).getConnection();
    }

    /** Connections that are kept; tables are there. */
    public DataSource pool() throws SQLException {
        prepare();
        return pooled();
    }

    private synchronized HikariDataSource pooled() throws SQLException {
        HikariDataSource open = pool;
        if (open == null) {
            QuietLibraries.hush();
            HikariConfig config = new HikariConfig();
            config.setDataSource(watch.apply(dialect.source()));
            config.setMaximumPoolSize(dialect.connections());
            config.setMinimumIdle(0);
            config.setConnectionInitSql(dialect.firstStatement());
            config.setConnectionTimeout(CONNECT_MILLIS);
            config.setInitializationFailTimeout(-1);
            config.setPoolName("dagshell");
            open = new HikariDataSource(config);
            pool = open;
        }
        return open;
    }

    /** Creates or renews the tables if they are not of this version. */
    synchronized void prepare() throws SQLException {
        if (ready) {
            return;
        }
        dialect.makePlace();
        long began = System.nanoTime();
        while (!renewed(began)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        ready = true;
    }

    /** False if another process holds the file just now. */
    private boolean renewed(long began) throws SQLException {
        try {
            renew();
            return true;
        } catch (SQLException failure) {
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            if (waited < dialect.patience(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private void renew() throws SQLException {
        // Flyway loads 300 ms worth of classes: only a new or older database needs it.
        if (!isCurrent()) {
            migrate();
        }
    }

    /**
     * Asks whether it answers, within seconds, and has room to write.
     *
     * @throws StoreException it does not; says why
     */
    public void check() {
        try {
            prepare();
            dialect.requireRoom();
            try (Connection connection = dialect.probe();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select run_id from runs limit 1")) {
                row.next();
            }
        } catch (SQLException failure) {
            throw new StoreException(
                    "The database " + place() + " does not answer: " + EventWriter.reason(failure), failure);
        }
    }

    /**
     * Waits for a database that is being started, as one may be that begins with the machine as this process does. Returns
     * as soon as it answers, and where waiting helps nothing: the next question is told why.
     *
     * @param most how long, at most
     * @param tell gets one sentence if it has to wait
     */
    public void await(Duration most, Consumer<String> tell) {
        if (!(dialect instanceof PostgresDialect server)) {
            return;
        }
        long began = System.nanoTime();
        boolean told = false;
        while (true) {
            try (Connection connection = server.probe()) {
                return;
            } catch (SQLException failure) {
                Duration left = most.minusNanos(System.nanoTime() - began);
                if (!server.mayComeSoon(failure) || left.isNegative() || left.isZero()) {
                    return;
                }
                if (!told) {
                    tell.accept("The database " + place() + " does not answer yet and is waited for, "
                            + most.toSeconds() + " s at most: " + EventWriter.reason(failure));
                    told = true;
                }
                LockSupport.parkNanos(AGAIN.compareTo(left) < 0 ? AGAIN.toNanos() : left.toNanos());
            }
        }
    }

    private boolean isCurrent() throws SQLException {
        return done().containsAll(VERSIONS);
    }

    /** Versions of the migrations that were done, newer ones too; empty without tables. */
    private Set<String> done() throws SQLException {
        Set<String> done = new HashSet<>();
        try (Connection connection = dialect.source().getConnection();
                Statement statement = connection.createStatement()) {
            if (!dialect.hasTable(connection, HISTORY)) {
                return done;
            }
            try (ResultSet row = statement.executeQuery("select version, success from " + HISTORY)) {
                while (row.next()) {
                    if (row.getBoolean("success")) {
                        done.add(String.valueOf(row.getString("version")));
                    }
                }
            }
        }
        return done;
    }

    /**
     * The version its tables are of, as they stand; empty if there are none. Changes nothing.
     *
     * @throws StoreException it does not answer
     */
    public OptionalInt version() {
        try {
            return dialect.isThere()
                    ? done().stream()
                            .filter(name -> name.matches("\\d+"))
                            .mapToInt(Integer::parseInt)
                            .max()
                    : OptionalInt.empty();
        } catch (SQLException failure) {
            throw new StoreException(
                    "The database " + place() + " cannot be read: " + EventWriter.reason(failure), failure);
        }
    }

    /**
     * Refuses tables of a newer DagShell, for whoever decides by them. What only tells of its own runs goes on: newer
     * versions add to the tables and take nothing away.
     *
     * @throws StoreException they are newer; says what to do
     */
    public void requireKnown() {
        OptionalInt there = version();
        if (there.isPresent() && there.getAsInt() > newest()) {
            throw new StoreException(
                    "The database " + place() + " was changed by a newer DagShell: its tables are of version "
                            + there.getAsInt() + ", and this one knows those up to " + newest()
                            + ". Start the newer one, or restore a backup from before it with dagshell server restore.",
                    null);
        }
    }

    /** The version of tables that this DagShell makes. */
    public static int newest() {
        return Integer.parseInt(VERSION);
    }

    /**
     * The time of day that all who share this database go by: PostgreSQL's own, which stays right until this is closed, and
     * for a file that of the machine it is on. Reading it asks nobody.
     *
     * @throws StoreException the database does not answer
     */
    public synchronized Clock clock() {
        if (!isPostgres()) {
            return Clock.systemUTC();
        }
        PostgresClock known = clock;
        if (known == null) {
            try {
                known = PostgresClock.of(dialect.source());
            } catch (SQLException failure) {
                throw new StoreException(
                        "The database " + place() + " does not tell the time: " + EventWriter.reason(failure), failure);
            }
            clock = known;
        }
        return known;
    }

    Dialect dialect() {
        return dialect;
    }

    private void migrate() throws SQLException {
        migrate(dialect, Flyway.configure(Database.class.getClassLoader()));
    }

    /** Makes or renews tables up to a version and no further, in a schema of that name or, if it is null, the usual one. */
    static void migrate(Dialect dialect, int version, @Nullable String schema) throws SQLException {
        FluentConfiguration flyway = Flyway.configure(Database.class.getClassLoader());
        flyway.target(String.valueOf(version));
        if (schema != null) {
            flyway.schemas(schema).createSchemas(false);
        }
        migrate(dialect, flyway);
    }

    private static void migrate(Dialect dialect, FluentConfiguration flyway) throws SQLException {
        QuietLibraries.hush();
        try {
            flyway.dataSource(dialect.patientSource())
                    .locations("classpath:io/dagshell/store/migrations")
                    .placeholders(dialect.placeholders())
                    // A newer DagShell may have been here; it only ever adds.
                    .ignoreMigrationPatterns("*:future")
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new SQLException(failure.getMessage(), failure);
        }
    }

    /** Lets go of connections that are kept. */
    @Override
    public synchronized void close() {
        if (clock != null) {
            clock.close();
            clock = null;
        }
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}
