package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import io.dagshell.server.Keeping;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import io.dagshell.server.tls.ServerCertificate;
import io.dagshell.store.Database;
import io.dagshell.store.StoreException;
import io.dagshell.store.access.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a server is started, with an agent or without. */
final class ServerOptions {
    @Option(
            names = "--port",
            defaultValue = "" + ServerSettings.PORT,
            description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--open",
            description = "Let other machines in without TLS: whoever has the token may do everything, and whoever"
                    + " listens on the way has the token.")
    private boolean open;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "Speak TLS, with this certificate (PEM; the server's own first, then its authorities). A file"
                    + " that is renewed is taken without a restart.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM; RSA or elliptic curve).")
    private @Nullable Path key;

    @Option(
            names = "--keep-runs",
            paramLabel = "DAYS",
            description = "Delete runs that ended more than so many days ago (default: keep all).")
    private @Nullable Integer keepDays;

    @Option(
            names = "--keep-logs",
            paramLabel = "DAYS",
            description =
                    "Delete the logs of runs that ended more than so many days ago, and keep the runs (default: with"
                            + " the runs).")
    private @Nullable Integer keepLogDays;

    @Option(
            names = "--history-limit",
            paramLabel = "SIZE",
            description =
                    "What the database's file may hold, such as 5g: past it runs are deleted, those that ended first"
                            + " (default: no limit; not for PostgreSQL).")
    private @Nullable String historyLimit;

    @Option(
            names = "--keep-audit",
            paramLabel = "DAYS",
            description = "Delete lines of the audit log from more than so many days ago (default: keep all).")
    private @Nullable Integer keepAuditDays;

    @Option(
            names = "--session-idle",
            paramLabel = "TIME",
            defaultValue = "8h",
            description = "People who do nothing for so long have to log in again (default: ${DEFAULT-VALUE}).")
    private String sessionIdle = "";

    @Option(
            names = "--session-time",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "They have to log in again after so long in any case (default: ${DEFAULT-VALUE}).")
    private String sessionTime = "";

    @Option(
            names = "--database-wait",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "Wait so long for a PostgreSQL that does not answer yet, as when both start with the machine;"
                    + " 0s: not at all (default: ${DEFAULT-VALUE}).")
    private String databaseWait = "";

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    Server start(PrintWriter out, LogOptions logs) {
        try {
            logs.apply();
            Home home = Home.ofEnvironment();
            ServerSettings settings = settings();
            Consumer<String> lines = logs.lines(out, "dagshell.server");
            Database opened = database.open(home, System.getenv());
            opened.await(Times.parse("--database-wait", databaseWait), lines);
            Server server = Server.start(settings, home, opened);
            // A signal is the one way to stop it.
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop server"));
            lines.accept("DagShell server at " + server.url());
            // Logs are collected, and the entrance has the token in it.
            lines.accept(logs.isJson() ? "Its token is in server.json" : "Dashboard: " + server.entrance());
            return server;
        } catch (StoreException silent) {
            throw CommandProblem.unreachable("The server could not start. " + silent.getMessage());
        } catch (IllegalArgumentException misfit) {
            throw CommandProblem.badInput(String.valueOf(misfit.getMessage()));
        } catch (IOException | RuntimeException failed) {
            throw failed instanceof CommandProblem told ? told : unreachable(failed);
        }
    }

    private ServerSettings settings() {
        try {
            Server.publicAddress(System.getenv()); // said before the database is opened
            return new ServerSettings(address, port, open, keeping(), tls(), sessions());
        } catch (IllegalArgumentException | IOException closed) {
            throw CommandProblem.badInput(String.valueOf(closed.getMessage()));
        }
    }

    private Keeping keeping() {
        Keeping keeping = Keeping.all();
        keeping = keepDays == null ? keeping : keeping.withRuns(Duration.ofDays(keepDays));
        keeping = keepLogDays == null ? keeping : keeping.withLogs(Duration.ofDays(keepLogDays));
        keeping = keepAuditDays == null ? keeping : keeping.withAudit(Duration.ofDays(keepAuditDays));
        return historyLimit == null ? keeping : keeping.withBytes(Size.bytes("--history-limit", historyLimit));
    }

    private Session.Limits sessions() {
        return new Session.Limits(
                Times.parse("--session-idle", sessionIdle), Times.parse("--session-time", sessionTime));
    }

    private Optional<ServerCertificate> tls() throws IOException {
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw CommandProblem.badInput("--tls-certificate and --tls-key belong together: "
                    + (certificate == null ? "the certificate" : "the key") + " is missing.");
        }
        ServerCertificate named = new ServerCertificate(CallerFolder.resolve(certificate), CallerFolder.resolve(key));
        named.check();
        return Optional.of(named);
    }

    private CommandProblem unreachable(Exception failed) {
        return CommandProblem.unreachable("The server could not start on port " + port + ": " + failed.getMessage()
                + " Another one may be running there; --port 0 takes any free one.");
    }
}
