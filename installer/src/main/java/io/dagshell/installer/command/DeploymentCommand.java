package io.dagshell.installer.command;

import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.Deployments;
import io.dagshell.notebooks.deploy.DeploymentBuild;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell deployment …}. */
@Command(
        name = "deployment",
        description = "Exports flows of notebooks, and runs them on a server.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeploymentCommand.Build.class,
            DeploymentApply.class,
            DeploymentRun.class,
            DeploymentBackfill.class,
            DeploymentRuns.Watch.class,
            DeploymentRuns.Cancel.class,
            DeploymentRuns.Rerun.class,
            DeploymentSet.class,
            DeploymentDiff.class,
            DeploymentBundle.class,
            DeploymentExport.class,
            DeploymentAdmin.Ls.class,
            DeploymentAdmin.Show.class,
            DeploymentAdmin.Rollback.class,
            DeploymentAdmin.Pause.class,
            DeploymentAdmin.Resume.class,
            DeploymentDelete.class,
        })
final class DeploymentCommand extends Group {

    /** {@code deployment build NOTEBOOK.ipynb:flow -n NAME}. */
    @Command(
            name = "build",
            description = "Writes a folder with a flow that runs without any notebook.",
            mixinStandardHelpOptions = true)
    static final class Build extends Leaf {
        @Parameters(paramLabel = "NOTEBOOK.ipynb:flow", converter = NotebookFlow.Converter.class)
        private Optional<NotebookFlow> what = Optional.empty();

        @Option(
                names = {"-n", "--name"},
                required = true,
                description = "The deployment's name, for people.")
        private String name = "";

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FOLDER",
                description = "By default named like the deployment.")
        private Optional<Path> folder = Optional.empty();

        @Override
        int run(PrintWriter out) throws Exception {
            NotebookFlow notebook = what.orElseThrow();
            String flow = notebook.flow()
                    .orElseThrow(() -> CommandProblem.badInput(
                            "Name the flow to export: " + notebook.file().getFileName() + ":flow."));
            Path target = CallerFolder.resolve(folder.orElse(Deployments.folder(name)));
            DeploymentBuild.Built built = Deployments.build(notebook.file(), flow, name, target);
            built.warnings().forEach(out::println);
            out.println("Deployment \"" + name + "\" written to " + built.folder());
            out.println("Run it: java -jar " + built.folder().resolve("flow.jar") + " run");
            out.println("Schedule it: edit deployment.yaml, then dagshell deployment apply " + built.folder());
            return ExitCode.DONE.number();
        }
    }
}
