package io.dagshell.installer.command;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.installer.compose.Deployments;
import io.dagshell.runner.BundleJar;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment bundle NAME|FOLDER -o FILE}. */
@Command(
        name = "bundle",
        description = "Makes one jar that runs the flow on a machine with nothing but a JDK.",
        mixinStandardHelpOptions = true)
final class DeploymentBundle extends Leaf {
    @Parameters(
            paramLabel = "NAME|FOLDER",
            description = "What deployment build wrote, or a deployment of the server, whose current version it is.")
    private String what = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "By default named like the deployment.")
    private Optional<Path> file = Optional.empty();

    @Override
    int run(PrintWriter out) throws Exception {
        Path folder = CallerFolder.resolve(Path.of(what));
        boolean local = Files.isDirectory(folder);
        FolderFiles files = files(what);
        FlowManifest manifest = ManifestJson.read(part(files, FolderFiles.MANIFEST, what));
        Path plain = local ? Path.of(String.valueOf(folder.getFileName())) : Deployments.folder(what);
        Path target = CallerFolder.resolve(file.orElse(Path.of(plain + ".jar")));
        write(files, what, target);
        out.println("Flow " + manifest.flow() + " is bundled in " + target + ", "
                + String.format(Locale.ROOT, "%.1f MB", Files.size(target) / 1e6) + ", for JDK " + manifest.jdk());
        out.println("Run it: java -jar " + target.getFileName() + " run");
        for (String block : manifest.blocks()) {
            out.println("It uses the block '" + block + "', which is not in it: set "
                    + new BlockName(block).environmentVariable()
                    + " where it runs, or pipe it in (--blocks-from-stdin)");
        }
        return ExitCode.DONE.number();
    }

    /** Of a folder, or of a deployment of the server by its name, with its libraries here. */
    static FolderFiles files(String what) throws IOException {
        Path folder = CallerFolder.resolve(Path.of(what));
        return Files.isDirectory(folder)
                ? FolderFiles.read(folder)
                : DeploymentServer.ofEnvironment().folder(what);
    }

    /** Makes the jar. */
    static void write(FolderFiles files, String what, Path target) throws IOException {
        BundleJar.write(
                part(files, FolderFiles.JAR, what),
                part(files, FolderFiles.YAML, what),
                DependencyLock.parse(new String(part(files, FolderFiles.LOCK, what), StandardCharsets.UTF_8)),
                new LibraryStore(Home.ofEnvironment().libraries()),
                target);
    }

    private static byte[] part(FolderFiles files, String name, String what) throws IOException {
        return files.bytes(name)
                .orElseThrow(() -> CommandProblem.badInput("There is no " + name + " in the folder " + what
                        + ": dagshell deployment build NOTEBOOK.ipynb:flow -n NAME writes it."));
    }
}
