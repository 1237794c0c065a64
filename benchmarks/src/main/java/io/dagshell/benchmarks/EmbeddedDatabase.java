package io.dagshell.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;

/**
 * Runs a PostgreSQL for as long as standard input is open: prints its URL on the first line of standard output, stops and removes
 * it when the input ends. It does not wait for the disk, unless the argument is {@code durable}. For end-to-end tests.
 */
public final class EmbeddedDatabase {
    private EmbeddedDatabase() {}

    /** At most {@code durable}: what was committed is there after a crash, as with a server that people rely on. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedPostgres database =
                List.of(arguments).contains("durable") ? Databases.durable() : EmbeddedPostgres.start()) {
            System.out.println("postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres");
            System.out.flush();
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
