package io.dagshell.installer.command;

import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.Deployments;
import io.dagshell.installer.export.Exports;
import io.dagshell.server.deploy.FolderSaid;
import io.dagshell.server.deploy.InvalidDeploymentException;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deployment export NAME|FOLDER --cron | --systemd | --dockerfile | --kubernetes | --airflow}. */
@Command(
        name = "export",
        description =
                "Writes what another scheduler needs to run the flow without DagShell: one jar that needs nothing but a"
                        + " JDK, and a crontab, systemd units, a Dockerfile, a CronJob of Kubernetes or a DAG of Airflow that call"
                        + " it. Schedules, parameters, memory and retries are those of deployment.yaml.",
        mixinStandardHelpOptions = true)
final class DeploymentExport extends Leaf {
    @Parameters(
            paramLabel = "NAME|FOLDER",
            description = "What deployment build wrote, or a deployment of the server, whose current version it is.")
    private String what = "";

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "By default named like the deployment and the kind.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "FOLDER",
            description = "Where the jar will lie on the machine that runs it (default: the folder that is written).")
    private Optional<String> place = Optional.empty();

    @Option(
            names = "--image",
            paramLabel = "NAME",
            description = "Name of the container's image (default: named like the deployment).")
    private Optional<String> image = Optional.empty();

    /** One of them. */
    static final class Target {
        @Option(names = "--cron", required = true, description = "Lines for crontab.")
        private boolean cron;

        @Option(names = "--systemd", required = true, description = "A service and a timer for each schedule.")
        private boolean systemd;

        @Option(names = "--dockerfile", required = true, description = "An image that runs the flow once.")
        private boolean dockerfile;

        @Option(names = "--kubernetes", required = true, description = "A CronJob for each schedule, and its image.")
        private boolean kubernetes;

        @Option(names = "--airflow", required = true, description = "A DAG for each schedule, for Airflow 3.")
        private boolean airflow;

        private Exports.Kind kind() {
            if (cron) {
                return Exports.Kind.CRON;
            }
            if (systemd) {
                return Exports.Kind.SYSTEMD;
            }
            if (dockerfile) {
                return Exports.Kind.DOCKERFILE;
            }
            return kubernetes ? Exports.Kind.KUBERNETES : Exports.Kind.AIRFLOW;
        }
    }

    @Override
    int run(PrintWriter out) throws Exception {
        FolderFiles files = DeploymentBundle.files(what);
        Exports.Kind kind = target.kind();
        FolderSaid said = said(files);
        Path plain = Deployments.folder(said.spec().name().value());
        Path to = CallerFolder.resolve(
                folder.orElse(Path.of(plain + "-" + kind.name().toLowerCase(Locale.ROOT))));
        requireFolder(to);
        Exports.Written written = Exports.write(said, new Exports.Order(kind, to, place, image));
        DeploymentBundle.write(files, what, written.jar());
        out.println("Written: " + written.jar() + ", for JDK " + said.spec().jdk());
        written.lines().forEach(out::println);
        return ExitCode.DONE.number();
    }

    private static void requireFolder(Path to) throws IOException {
        if (Files.exists(to) && !Files.isDirectory(to)) {
            throw CommandProblem.badInput(to + " is a file, and a folder is to be written.");
        }
        if (Files.exists(to.resolve(FolderFiles.MANIFEST))) {
            throw CommandProblem.badInput(to + " is a deployment's own folder; name another with -o.");
        }
    }

    private static FolderSaid said(FolderFiles files) {
        try {
            return FolderSaid.read(files, Clock.systemUTC());
        } catch (InvalidDeploymentException wrong) {
            throw CommandProblem.badInput(String.valueOf(wrong.getMessage()));
        }
    }
}
