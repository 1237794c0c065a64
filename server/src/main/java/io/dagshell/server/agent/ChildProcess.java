package io.dagshell.server.agent;

import io.dagshell.engine.deploy.FlowProcess;
import io.dagshell.engine.home.Home;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Starts and stops processes of runs. Each is in a session of its own where the machine has {@code setsid}: it outlives
 * the agent and is stopped with all it started. Stateless.
 */
final class ChildProcess {
    /**
     * A run is often over within a second, which the compilers would spend on the start; loops reach them as early as
     * ever (docs/decisions/0005-the-kernels-flags.md). What the virtual machine would warn of an archive is nothing for a
     * run's log.
     */
    private static final List<String> FLAGS = List.of(
            "-XX:-UsePerfData",
            "-XX:Tier3InvocationThreshold=1000",
            "-XX:Tier3MinInvocationThreshold=500",
            "-XX:Tier3CompileThreshold=10000",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Xlog:cds*=off:stderr",
            FlowProcess.QUIET,
            "-Dfile.encoding=UTF-8");

    private static final int FIRST_TO_ASK_FOR_NATIVE_ACCESS = 22;

    private static final int MOST_SPAWNS = 3;

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private ChildProcess() {}

    /** @param flags more of them for the virtual machine */
    static Process start(
            AgentSettings settings,
            Home home,
            VersionStore.Version version,
            List<String> flags,
            Order order,
            OutboxFolder folder)
            throws IOException {
        List<String> command = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> command.add(setsid.toString()));
        command.add(settings.java(order.jdk()).toString());
        command.addAll(FlowProcess.HEAP);
        command.addAll(FLAGS);
        command.addAll(flags);
        if (order.jdk() >= FIRST_TO_ASK_FOR_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(order.memory()
                .or(settings::memory)
                .map(memory -> List.of("-Xmx" + memory))
                .orElseGet(() -> List.of(
                        FlowProcess.FIRST_HEAP, "-XX:MaxRAMPercentage=" + Math.max(10, 60 / settings.capacity()))));
        command.add("-D" + FlowProcess.FLOW + "=" + version.jar());
        command.add("-cp");
        command.add(version.runtime().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(FlowProcess.MAIN);
        command.addAll(
                List.of("run", "--blocks-from-stdin", "--order", folder.path().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.output().toFile()));
        order.folder().ifPresent(here -> builder.directory(here.toFile()));
        environment(builder.environment(), home);
        Process process = spawn(builder::start);
        try (OutputStream in = process.getOutputStream()) {
            in.write(order.blocks().toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // It ended before it read; its exit code says why.
        }
        return process;
    }

    /** What makes a process. */
    interface Spawn {
        Process start() throws IOException;
    }

    /**
     * Again where Java's own helper was ended before it became the process, by the signal that ends the agent: who restarts
     * agents often sends it to their whole group. Nothing of the run has begun then.
     */
    static Process spawn(Spawn spawn) throws IOException {
        for (int tried = 1; tried < MOST_SPAWNS; tried++) {
            try {
                return spawn.start();
            } catch (IOException failed) {
                if (!String.valueOf(failed.getMessage()).contains("spawn helper")) {
                    throw failed;
                }
            }
        }
        return spawn.start();
    }

    private static void environment(Map<String, String> environment, Home home) {
        environment.remove("DAGSHELL_API_TOKEN");
        if (home.cache().equals(home.data().resolve("cache"))) {
            environment.put("DAGSHELL_HOME", home.data().toString());
        }
    }

    /** Asks it to end: the run is cancelled and tells its end. */
    static void ask(ProcessHandle process) {
        process.destroy();
    }

    /**
     * Ends what a process that is over has left in its group. The number of a group is not used again while one of its
     * processes lives.
     */
    static void killLeft(ProcessHandle over) {
        killGroup(over.pid());
    }

    /** Ends it and what it started. */
    static void kill(ProcessHandle process) {
        killGroup(process.pid());
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The whole group, if it leads one. */
    private static void killGroup(long leader) {
        try {
            spawn(new ProcessBuilder("kill", "-KILL", "--", "-" + leader)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)::start)
                    .waitFor(2, java.util.concurrent.TimeUnit.SECONDS);
        } catch (IOException noSuchCommand) {
            // Then it is ended by itself.
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
