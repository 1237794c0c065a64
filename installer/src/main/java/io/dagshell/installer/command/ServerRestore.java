package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.server.backup.BackupFile;
import io.dagshell.server.backup.Contents;
import io.dagshell.server.backup.HomeBackup;
import io.dagshell.server.backup.HomeRestore;
import io.dagshell.server.client.ApiClient;
import io.dagshell.server.client.ServerRefusal;
import io.dagshell.store.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell server restore FILE}. */
@Command(
        name = "restore",
        description = "Makes of a backup what it was made of, in this DAGSHELL_HOME and in the database that is named:"
                + " it may be another kind than the backup's. All of the file is checked first.",
        mixinStandardHelpOptions = true)
final class ServerRestore extends Leaf {
    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Has the key of the blocks and the server's token (default: FILE.key).")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--without-blocks", description = "Leave the blocks as they are here.")
    private boolean withoutBlocks;

    @Option(names = "--replace", description = "Put it in the place of what is here, which is kept under another name.")
    private boolean replace;

    @Option(names = "--check", description = "Only check the file, and say what is in it.")
    private boolean check;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    static Path keyFile(Path file, Optional<Path> named) {
        return named.map(CallerFolder::resolve)
                .orElseGet(() -> file.resolveSibling(file.getFileName() + HomeBackup.KEY_ENDING));
    }

    static String amounts(Contents contents) {
        return contents.allRows() + " rows of " + contents.rows().size() + " tables, " + contents.libraries()
                + " libraries, " + (contents.hasBlocks() ? "blocks" : "no blocks");
    }

    @Override
    int run(PrintWriter out) throws Exception {
        Path from = CallerFolder.resolve(file);
        if (!Files.isRegularFile(from)) {
            throw CommandProblem.badInput("There is no file " + from + ".");
        }
        try (BackupFile backup = BackupFile.open(from)) {
            Contents contents = backup.contents();
            out.println("The backup " + from + " is whole: made " + contents.made() + " from " + contents.database()
                    + " with tables of version " + contents.schema() + "; " + amounts(contents));
            if (!check) {
                restore(backup, from, out);
            }
        }
        return ExitCode.DONE.number();
    }

    private void restore(BackupFile backup, Path from, PrintWriter out) throws IOException {
        Home home = Home.ofEnvironment();
        requireNoServer(home);
        Path keyFile = keyFile(from, key);
        if (key.isPresent() && !Files.isRegularFile(keyFile)) {
            throw CommandProblem.badInput("There is no file " + keyFile + ".");
        }
        try (Database target = database.open(home, System.getenv())) {
            Optional<Path> opening = Files.isRegularFile(keyFile) ? Optional.of(keyFile) : Optional.empty();
            HomeRestore restore = new HomeRestore(home, target, opening, !withoutBlocks, Clock.systemUTC());
            if (!replace && restore.isThereSomething()) {
                throw CommandProblem.badInput("There is something in " + target.place() + " or " + home.blocks()
                        + " already; --replace puts the backup in its place and keeps it under another name.");
            }
            restore.from(backup).forEach(former -> out.println("What was there is kept: " + former));
            out.println("Restored into " + target.place() + " and " + home.data() + "; start the server again.");
        }
    }

    /** One that runs would go on with what it has in memory, and write it. */
    private static void requireNoServer(Home home) {
        try {
            ApiClient server = ApiClient.of(home, Map.of());
            server.get("/api/agents");
            throw CommandProblem.badInput(
                    "A server is running in " + home.data() + ", at " + server.url() + ": stop it first.");
        } catch (IOException | ServerRefusal away) {
            System.getLogger(ServerRestore.class.getName())
                    .log(System.Logger.Level.DEBUG, "no server of this home answers", away);
        }
    }
}
