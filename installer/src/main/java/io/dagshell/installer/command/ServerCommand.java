package io.dagshell.installer.command;

import io.dagshell.installer.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dagshell server start | backup | restore | metrics}. */
@Command(
        name = "server",
        description = "Schedules deployments and shows runs.",
        mixinStandardHelpOptions = true,
        subcommands = {ServerCommand.Start.class, ServerBackup.class, ServerRestore.class, ServerMetrics.class})
final class ServerCommand extends Group {

    /** Runs until it is told to stop. */
    @Command(name = "start", description = "Starts the server and its dashboard.", mixinStandardHelpOptions = true)
    static final class Start extends Leaf {
        @Mixin
        private ServerOptions options = new ServerOptions();

        @Mixin
        private LogOptions logs = new LogOptions();

        @Override
        int run(PrintWriter out) throws Exception {
            options.start(out, logs);
            new CountDownLatch(1).await();
            return ExitCode.DONE.number();
        }
    }
}
