package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.kernelspec.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where the kernel goes; by default to this user. */
final class InstallTarget {

    @ArgGroup
    private @Nullable Elsewhere elsewhere;

    /** One of these. */
    static final class Elsewhere {
        @Option(names = "--user", description = "For this user (the default).")
        private boolean user;

        @Option(names = "--sys-prefix", description = "Into the Python environment that is active.")
        private boolean sysPrefix;

        @Option(names = "--prefix", paramLabel = "FOLDER", description = "Below this folder.")
        private Optional<Path> prefix = Optional.empty();
    }

    Place place() {
        if (elsewhere != null && elsewhere.prefix.isPresent()) {
            return Place.prefix(elsewhere.prefix.get());
        }
        if (elsewhere != null && elsewhere.sysPrefix) {
            return Place.prefix(pythonPrefix());
        }
        return Place.user(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                System.getProperty("os.name"),
                Home.ofEnvironment().data());
    }

    /** {@code sys.prefix} of the python on the PATH. */
    private static Path pythonPrefix() {
        for (String python : List.of("python3", "python")) {
            try {
                Process asked = new ProcessBuilder(python, "-c", "import sys; print(sys.prefix)")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (asked.waitFor(20, TimeUnit.SECONDS) && asked.exitValue() == 0 && !answer.isEmpty()) {
                    return Path.of(answer);
                }
            } catch (IOException notThere) {
                continue;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw CommandProblem.badInput("--sys-prefix needs a python on the PATH: none answered. Use --prefix FOLDER.");
    }
}
