package io.dagshell.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The time of day of a PostgreSQL server, whatever this machine's clock shows. It is asked about every second and goes on
 * between by {@link System#nanoTime}, so that reading it needs no connection and a database that is away stops nothing.
 * An answer is of some moment between question and answer: while the clock agrees with one of them it is left as it is,
 * and so does not tremble with the network (F. Cristian, Probabilistic clock synchronization, Distributed Computing 3, 1989).
 * A database whose clock was put on or back is followed. Thread-safe.
 */
final class PostgresClock extends Clock implements AutoCloseable {
    private static final String ASK = "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";
    private static final long EVERY_MILLIS = 1_000;

    private record Reading(Instant at, long nanos) {
        Instant when(long moment) {
            return at.plusNanos(moment - nanos);
        }
    }

    private final LongSupplier nanos;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "dagshell-clock");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Reading reading;

    /** Its own, so that it is right while all others are busy. */
    private volatile @Nullable Connection connection;

    private volatile boolean closed;

    /** One that knows nothing yet. */
    PostgresClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * One that is right and stays so until it is closed.
     *
     * @param database opens connections
     * @throws SQLException the database does not answer
     */
    static PostgresClock of(DataSource database) throws SQLException {
        PostgresClock clock = new PostgresClock(System::nanoTime);
        clock.ask(database);
        clock.thread.scheduleWithFixedDelay(
                () -> clock.askOrGoOn(database), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return clock;
    }

    private void askOrGoOn(DataSource database) {
        try {
            ask(database);
        } catch (SQLException | RuntimeException away) {
            // Whoever has work for the database says that it is away; an exception here would be the last question.
            System.getLogger(PostgresClock.class.getName())
                    .log(System.Logger.Level.DEBUG, "the database did not tell the time", away);
        }
    }

    private void ask(DataSource database) throws SQLException {
        Connection known = connection;
        Connection open = known == null ? database.getConnection() : known;
        boolean answered = false;
        try (Statement statement = open.createStatement()) {
            long asked = nanos.getAsLong();
            try (ResultSet row = statement.executeQuery(ASK)) {
                row.next();
                told(asked, Micros.instant(row.getLong(1)), nanos.getAsLong());
                answered = true;
            }
        } finally {
            connection = answered && !closed ? open : null;
            if (!answered || closed) {
                open.close();
            }
        }
    }

    /** It was {@code time} at some moment from {@code asked} to {@code answered}, in nanoseconds. */
    void told(long asked, Instant time, long answered) {
        Reading known = reading;
        if (known == null || time.isBefore(known.when(asked)) || time.isAfter(known.when(answered))) {
            reading = new Reading(time, asked + (answered - asked) / 2);
        }
    }

    /** @throws IllegalStateException nothing was told yet */
    @Override
    public Instant instant() {
        Reading known = reading;
        if (known == null) {
            throw new IllegalStateException("The time is not known before the database has told it.");
        }
        return known.when(nanos.getAsLong());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Instants only: zones are those of schedules.");
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        Connection open = connection;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                System.getLogger(PostgresClock.class.getName())
                        .log(System.Logger.Level.DEBUG, "a connection that was gone", gone);
            }
        }
    }
}
