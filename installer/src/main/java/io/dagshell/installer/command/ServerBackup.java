package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.server.backup.HomeBackup;
import io.dagshell.store.Database;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell server backup FILE}. */
@Command(
        name = "backup",
        description =
                "Writes deployments, schedules, the history of runs, libraries and encrypted blocks into one file,"
                        + " while the server runs. What opens the blocks goes into a second file, FILE.key.",
        mixinStandardHelpOptions = true)
final class ServerBackup extends Leaf {
    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Where the key of the blocks and the server's token go (default: FILE.key).")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--replace", description = "Write over files that are there.")
    private boolean replace;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Override
    int run(PrintWriter out) throws Exception {
        Path target = CallerFolder.resolve(file);
        Path keyFile = ServerRestore.keyFile(target, key);
        for (Path each : new Path[] {target, keyFile}) {
            if (Files.exists(each) && !replace) {
                throw CommandProblem.badInput("There is a file " + each + "; --replace writes over it.");
            }
        }
        Home home = Home.ofEnvironment();
        try (Database from = database.open(home, System.getenv())) {
            HomeBackup.Report report = HomeBackup.write(from, home, target, keyFile, Clock.systemUTC());
            out.println("Backup of " + from.place() + " in " + target + ": " + ServerRestore.amounts(report.contents())
                    + String.format(Locale.ROOT, ", %.1f MB", report.bytes() / 1e6));
            if (report.withKey()) {
                out.println("What opens it is in " + keyFile
                        + ", readable by you only: keep it elsewhere than the backup.");
            }
            report.lacking()
                    .forEach(jar -> out.println("The library " + jar + " that a deployment needs is nowhere to be found"
                            + " here, and so it is not in the backup."));
        }
        return ExitCode.DONE.number();
    }
}
