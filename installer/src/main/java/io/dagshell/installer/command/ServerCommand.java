package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.server.Server;
import io.dagshell.server.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dagshell server start}. */
@Command(
        name = "server",
        description = "Schedules deployments and shows runs.",
        mixinStandardHelpOptions = true,
        subcommands = ServerCommand.Start.class)
final class ServerCommand extends Group {

    /** Runs until it is told to stop. */
    @Command(name = "start", description = "Starts the server and its dashboard.", mixinStandardHelpOptions = true)
    static final class Start extends Leaf {
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

        @Option(names = "--open", description = "Let other machines in: whoever has the token may do everything.")
        private boolean open;

        @Override
        int run(PrintWriter out) throws Exception {
            try {
                Server server = Server.start(settings(), Home.ofEnvironment());
                // A signal is the one way to stop it.
                Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop server"));
                out.println("DagShell server at " + server.url());
                out.println("Dashboard: " + server.entrance());
                out.flush();
                new CountDownLatch(1).await();
            } catch (IOException | RuntimeException failed) {
                throw unreachable(failed);
            }
            return ExitCode.DONE.number();
        }

        private ServerSettings settings() {
            try {
                return new ServerSettings(address, port, open);
            } catch (IllegalArgumentException closed) {
                throw CommandProblem.badInput(String.valueOf(closed.getMessage()));
            }
        }

        private CommandProblem unreachable(Exception failed) {
            return CommandProblem.unreachable("The server could not start on port " + port + ": " + failed.getMessage()
                    + " Is another one running?");
        }
    }
}
