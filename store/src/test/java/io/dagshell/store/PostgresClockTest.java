package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database whose machine shows another time of day than this one, as far as its clients can tell. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PostgresClockTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final long MILLI = 1_000_000;

    private long nanos = 500;
    private final PostgresClock clock = new PostgresClock(() -> nanos);

    @Test
    void the_time_is_the_databases_whatever_this_machine_shows() throws SQLException {
        try (Database database = off("interval '10 minutes'")) {
            assertThat(database.clock().instant())
                    .isCloseTo(Instant.now().plusSeconds(600), within(5, ChronoUnit.SECONDS));
        }
    }

    @Test
    void a_database_whose_clock_was_put_back_and_that_broke_off_is_followed() throws Exception {
        String address = TestDatabases.postgres();
        try (Database database = off(address, "interval '10 minutes'")) {
            Clock clock = database.clock();
            execute(address, "create or replace " + function("interval '-1 hour'"));
            execute(
                    address,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and pid <> pg_backend_pid()");
            while (clock.instant().isAfter(Instant.now())) {
                TimeUnit.MILLISECONDS.sleep(50);
            }

            assertThat(clock.instant()).isCloseTo(Instant.now().minusSeconds(3_600), within(5, ChronoUnit.SECONDS));
        }
    }

    @Test
    void it_goes_on_while_the_database_is_away() throws Exception {
        String address = TestDatabases.postgres();
        try (Database database = Database.at(address)) {
            Clock clock = database.clock();
            execute(
                    address.replaceFirst("/[^/]*$", "/postgres"),
                    "drop database " + address.replaceFirst(".*/", "") + " with (force)");
            TimeUnit.SECONDS.sleep(3);

            assertThat(clock.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
        }
    }

    @Test
    void no_connection_is_left_when_it_is_closed() throws Exception {
        String address = TestDatabases.postgres();
        try (Database database = Database.at(address)) {
            database.clock();
            assertThat(connections(address)).isEqualTo(1);
        }
        while (connections(address) > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void a_database_that_does_not_answer_tells_no_time() {
        try (Database database = Database.at(TestDatabases.postgres().replaceFirst("/[^/]*$", "/nobody_made_this"))) {
            assertThatThrownBy(database::clock)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(database.place());
        }
    }

    @Test
    void a_file_goes_by_the_clock_of_its_machine(@TempDir Path folder) {
        try (Database database = Database.file(folder.resolve("dagshell.db"))) {
            assertThat(database.clock()).isEqualTo(Clock.systemUTC());
        }
    }

    @Test
    void between_answers_it_goes_on_by_the_nanosecond() {
        clock.told(500, NOON, 500);
        nanos += 2_500 * MILLI + 7;

        assertThat(clock.instant()).isEqualTo(NOON.plusNanos(2_500 * MILLI + 7));
    }

    @Test
    void an_answer_is_taken_to_be_of_the_middle_of_its_way() {
        clock.told(0, NOON, 80 * MILLI);
        nanos = 80 * MILLI;

        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(40));
    }

    @Test
    void a_slow_answer_that_agrees_moves_nothing() {
        clock.told(0, NOON, 0);
        // Told at once, but four seconds on its way back: its middle would be two seconds late.
        clock.told(1_000 * MILLI, NOON.plusMillis(1_000), 5_000 * MILLI);
        nanos = 5_000 * MILLI;

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void a_better_answer_corrects_one_that_was_long_on_its_way() {
        clock.told(0, NOON, 4_000 * MILLI);
        clock.told(5_000 * MILLI, NOON.plusMillis(5_000), 5_002 * MILLI);
        nanos = 5_001 * MILLI;

        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(5_000));
    }

    @Test
    void before_the_first_answer_there_is_no_time() {
        assertThatThrownBy(clock::instant).isInstanceOf(IllegalStateException.class);
    }

    /** Of the database, but for the one that asks. */
    private static int connections(String address) throws SQLException {
        try (Connection connection = PostgresDialect.of(address, null).source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Database off(String by) throws SQLException {
        return off(TestDatabases.postgres(), by);
    }

    /** One whose {@code clock_timestamp()} is found before PostgreSQL's own. */
    private static Database off(String address, String by) throws SQLException {
        try (Database made = Database.at(address)) {
            made.check();
        }
        execute(address, "create " + function(by));
        execute(address, "alter database " + address.replaceFirst(".*/", "") + " set search_path = public, pg_catalog");
        return Database.at(address);
    }

    private static String function(String by) {
        return "function public.clock_timestamp() returns timestamptz language sql volatile as"
                + " 'select pg_catalog.clock_timestamp() + " + by.replace("'", "''") + "'";
    }

    private static void execute(String address, String sql) throws SQLException {
        try (Connection connection = PostgresDialect.of(address, null).source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
