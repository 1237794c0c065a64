package io.dagshell.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** Databases that benchmarks load into. */
final class Databases {
    private Databases() {}

    /** As a server is that people rely on; embedded for tests, it waits for no disk. */
    static EmbeddedPostgres durable() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    static String url(EmbeddedPostgres database) {
        return "postgresql://postgres@127.0.0.1:" + database.getPort() + "/postgres";
    }
}
