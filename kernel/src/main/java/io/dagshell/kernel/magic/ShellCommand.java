package io.dagshell.kernel.magic;

import io.dagshell.kernel.session.CellOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A script in a shell of its own, in the folder and with the environment of the session. What it prints arrives while it
 * runs. It leads a process group where the machine has {@code setsid}, so that an interrupt ends all that it started.
 */
final class ShellCommand {
    /** From the request to end until the end. */
    private static final long PATIENCE_MILLIS = 100;
    /** For what a command printed last; what it left in the background may keep its output open. */
    private static final long LAST_WORDS_MILLIS = 200;

    private final List<String> command;
    private final boolean group;

    private ShellCommand(List<String> command, boolean group) {
        this.command = command;
        this.group = group;
    }

    static ShellCommand of(String script) throws IOException {
        Path shell = program("bash", "sh");
        if (shell == null) {
            throw new IOException("there is no bash or sh on the PATH");
        }
        List<String> command = new ArrayList<>();
        Path leader = program("setsid");
        if (leader != null) {
            command.add(leader.toString());
        }
        command.addAll(List.of(shell.toString(), "-c", script));
        return new ShellCommand(command, leader != null);
    }

    private static @Nullable Path program(String... names) {
        String path = System.getenv("PATH");
        for (String name : names) {
            for (String folder : (path == null ? "/bin:/usr/bin" : path).split(":")) {
                Path file = Path.of(folder.isEmpty() ? "." : folder, name);
                if (Files.isExecutable(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    /** Runs it to its end and returns its exit code; ended with all it started when the thread is interrupted. */
    int run(Map<String, String> environment, CellOutput output) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread printed = pump(process.getInputStream(), output::stdout);
        Thread warned = pump(process.getErrorStream(), output::stderr);
        try {
            int code = process.waitFor();
            printed.join(LAST_WORDS_MILLIS);
            warned.join(LAST_WORDS_MILLIS);
            return code;
        } catch (InterruptedException interrupted) {
            end(process);
            throw interrupted;
        }
    }

    private static Thread pump(InputStream from, Consumer<String> to) {
        Thread thread = new Thread(() -> copy(from, to), "shell-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, Consumer<String> to) {
        char[] buffer = new char[8192];
        try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                to.accept(new String(buffer, 0, n));
            }
        } catch (IOException gone) {
            System.getLogger(ShellCommand.class.getName()).log(Level.DEBUG, "the output of a command ended", gone);
        }
    }

    /** Asks all of it to end, and ends by force what did not, off the thread of the cell that is over. */
    private void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        signal(process, "TERM");
        started.forEach(ProcessHandle::destroy);
        Thread force = new Thread(() -> endByForce(process, started), "shell-end");
        force.setDaemon(true);
        force.start();
    }

    private void endByForce(Process process, List<ProcessHandle> started) {
        try {
            TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        signal(process, "KILL");
        started.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void signal(Process process, String name) {
        process.destroy();
        if (!group) {
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -s " + name + " -- -" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException alone) {
            System.getLogger(ShellCommand.class.getName())
                    .log(Level.DEBUG, "the group of a command was not signalled", alone);
        }
    }
}
