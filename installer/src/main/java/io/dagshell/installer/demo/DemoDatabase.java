package io.dagshell.installer.demo;

import io.dagshell.installer.CommandProblem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An embedded PostgreSQL for the demo, from binaries in a jar; runs as root and as a plain user. Unless it is kept, it
 * is stopped and removed when closed, or when the process ends.
 */
final class DemoDatabase implements AutoCloseable {
    private static final String USER = "postgres";

    private final EmbeddedPostgres server;
    private final Path data;
    private final boolean keep;

    private DemoDatabase(EmbeddedPostgres server, Path data, boolean keep) {
        this.server = server;
        this.data = data;
        this.keep = keep;
    }

    /**
     * Starts a server on a free port.
     *
     * @param folder where its binaries, data and log go
     */
    static DemoDatabase start(Path folder, boolean keep) {
        try {
            Files.createDirectories(folder);
            Path data = Files.createTempDirectory(folder, "data-");
            ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                    folder.resolve("postgresql.log").toFile());
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.toFile())
                    .setDataDirectory(data)
                    .setRegisterShutdownHook(!keep)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setErrorRedirector(log)
                    .setOutputRedirector(log)
                    .start();
            return new DemoDatabase(server, data, keep);
        } catch (IOException | IllegalStateException failed) {
            throw CommandProblem.unreachable("The demo's PostgreSQL did not start: " + failed.getMessage() + " (log: "
                    + folder.resolve("postgresql.log") + ").");
        }
    }

    String url() {
        return "postgresql://" + USER + "@127.0.0.1:" + server.getPort() + "/postgres";
    }

    int port() {
        return server.getPort();
    }

    String user() {
        return USER;
    }

    /** The process to stop a kept server by. */
    Optional<String> process() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        return lines.stream().findFirst().map(String::strip);
    }

    @Override
    public void close() throws IOException {
        if (!keep) {
            server.close();
        }
    }
}
