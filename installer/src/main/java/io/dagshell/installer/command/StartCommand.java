package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.ExitCode;
import io.dagshell.server.agent.Agent;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dagshell start}: all that one machine needs. */
@Command(name = "start", description = "Starts a server and an agent in one process.", mixinStandardHelpOptions = true)
final class StartCommand extends Leaf {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private AgentOptions agent = new AgentOptions();

    @Mixin
    private LogOptions logs = new LogOptions();

    @Override
    int run(PrintWriter out) throws Exception {
        server.start(out, logs);
        // The one that has just been started, whatever the environment names.
        Agent started = agent.start(ApiClient.of(Home.ofEnvironment(), Map.of()), out, logs);
        started.await();
        return ExitCode.DONE.number();
    }
}
