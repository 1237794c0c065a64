package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.kernelspec.InstalledJdks;
import io.dagshell.server.agent.Agent;
import io.dagshell.server.agent.AgentSettings;
import io.dagshell.server.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How an agent is started, with a server or without. */
final class AgentOptions {
    @Option(
            names = "--work-queue",
            paramLabel = "QUEUE",
            defaultValue = "default",
            description = "Queue to take runs from; several may be given (default: ${DEFAULT-VALUE}).")
    private List<String> queues = List.of("default");

    @Option(names = "--capacity", paramLabel = "COUNT", description = "Runs at once (default: one per processor).")
    private Optional<Integer> capacity = Optional.empty();

    @Option(names = "--memory", paramLabel = "SIZE", description = "Heap of each run, such as 512m.")
    private Optional<String> memory = Optional.empty();

    @Option(names = "--name", description = "How the server calls it (default: this machine's name).")
    private Optional<String> name = Optional.empty();

    Agent start(ApiClient server, PrintWriter out, LogOptions logs) throws IOException {
        AgentSettings settings = settings();
        logs.apply();
        Consumer<String> lines = logs.lines(out, "dagshell.agent");
        Agent agent = Agent.start(settings, server, Home.ofEnvironment(), lines);
        // A signal is the one way to stop it; runs go on for the next agent here.
        Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "stop agent"));
        lines.accept("Agent " + settings.name() + " takes runs from " + String.join(", ", settings.queues()) + " of "
                + server.url() + ", " + settings.capacity() + " at once, on JDK "
                + settings.javas().keySet().toString().replaceAll("[\\[\\]]", ""));
        return agent;
    }

    private AgentSettings settings() {
        try {
            return new AgentSettings(
                    name.orElseGet(AgentSettings::thisMachine),
                    queues,
                    capacity.orElseGet(() -> Math.max(2, Runtime.getRuntime().availableProcessors())),
                    InstalledJdks.javas(),
                    memory);
        } catch (IllegalArgumentException wrong) {
            throw CommandProblem.badInput(String.valueOf(wrong.getMessage()));
        }
    }
}
