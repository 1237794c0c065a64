package io.dagshell.server.api;

import io.dagshell.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;

class PostgresRecoveryTest extends RecoveryContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = begin();

    private static EmbeddedPostgres begin() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @AfterAll
    static void end() throws IOException {
        POSTGRES.close();
    }

    @Override
    Database open() {
        String name = "test" + NUMBER.incrementAndGet();
        try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return Database.at("postgresql://postgres@127.0.0.1:" + POSTGRES.getPort() + "/" + name);
    }
}
