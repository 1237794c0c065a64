package io.dagshell.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/**
 * Runs a PostgreSQL, which does not wait for the disk, for as long as standard input is open: prints its URL on the first line of
 * standard output, stops and removes it when the input ends. For end-to-end tests.
 */
public final class EmbeddedDatabase {
    private EmbeddedDatabase() {}

    /** No arguments. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            System.out.println("postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres");
            System.out.flush();
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
