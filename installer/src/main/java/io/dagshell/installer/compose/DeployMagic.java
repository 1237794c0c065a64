package io.dagshell.installer.compose;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.FlowDifference;
import io.dagshell.engine.deploy.FlowDifference.Exported;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.installer.CommandProblem;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.magics.CellExtension;
import io.dagshell.notebooks.NotebookProblem;
import io.dagshell.notebooks.deploy.DeploymentBuild;
import io.dagshell.server.client.ServerRefusal;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code %deploy FLOW --name "Parameterized ETL" --cron "0 * * * *" --tz UTC} builds the saved notebook's flow and hands
 * it to the server; {@code %deploy status FLOW --name …} says per task what differs from what the server runs.
 */
final class DeployMagic implements KernelExtension {
    private static final String NO_SCHEDULES = "schedules: []";
    private final CellExtension cells;
    private final String notebook;

    /** @param notebook file name in the working directory, or empty when it is not known */
    DeployMagic(CellExtension cells, String notebook) {
        this.cells = cells;
        this.notebook = notebook;
    }

    @Override
    public Map<String, LineMagic> lineMagics() {
        return Map.of("deploy", this::deploy);
    }

    private Optional<Object> deploy(String typed) throws IOException {
        try {
            DeployWords words = DeployWords.parse(typed);
            return Optional.of(MimeBundle.text(words.status() ? status(words) : deploy(words)));
        } catch (CommandProblem | NotebookProblem | ServerRefusal refused) {
            throw new CellProblem(1, 1, String.valueOf(refused.getMessage()));
        }
    }

    private Path file() {
        Path file = Path.of(notebook).toAbsolutePath();
        if (notebook.isEmpty() || !Files.isRegularFile(file)) {
            throw CommandProblem.badInput("The notebook's file is not known to this kernel: save it, or use"
                    + " dagshell deployment build NOTEBOOK.ipynb:flow -n NAME.");
        }
        return file;
    }

    private String deploy(DeployWords words) throws IOException {
        DeploymentBuild.Built built = Deployments.build(
                file(),
                words.flow(),
                words.name(),
                Deployments.folder(words.name()).toAbsolutePath(),
                this::requireRan);
        Path page = built.folder().resolve("deployment.yaml");
        words.schedule().ifPresent(entry -> schedule(page, entry));
        List<String> told = new ArrayList<>(built.warnings());
        told.add("Deployment \"" + words.name() + "\" written to " + built.folder());
        DeploymentServer server;
        try {
            server = DeploymentServer.ofEnvironment();
        } catch (IOException none) {
            told.add("Not applied: " + none.getMessage());
            return String.join("\n", told);
        }
        JsonNode applied = server.apply(built.folder(), false);
        told.add("Applied to " + server.client().url() + ": version " + DeploymentServer.shortVersion(applied));
        return String.join("\n", told);
    }

    /** The saved file is what is deployed: what this session ran must be in it. */
    private void requireRan(FlowManifest manifest) {
        for (SlicedTask task : manifest.tasks()) {
            cells.definitions().named(task.definition().name()).ifPresent(ran -> {
                List<String> changes =
                        FlowDifference.code(ran.code(), task.definition().code());
                if (!changes.isEmpty()) {
                    throw CommandProblem.badInput("Task " + ran.name() + " in the saved notebook is not the one this"
                            + " session ran (" + String.join(", ", changes)
                            + "): save the notebook, or run its cells again.");
                }
            });
        }
    }

    /** People's own schedules stay. */
    private static void schedule(Path page, String entry) {
        try {
            String text = Files.readString(page);
            if (text.contains(entry)) {
                return;
            }
            if (!text.contains("\n" + NO_SCHEDULES + "\n")) {
                throw CommandProblem.badInput(page + " has schedules already: edit them there and leave out --cron.");
            }
            Files.writeString(page, text.replace("\n" + NO_SCHEDULES + "\n", "\nschedules:\n  - " + entry + "\n"));
        } catch (IOException unwritable) {
            throw CommandProblem.unreachable(page + " cannot be written: " + unwritable.getMessage() + ".");
        }
    }

    private String status(DeployWords words) throws IOException {
        Exported deployed = DeploymentServer.ofEnvironment().deployed(words.name());
        FlowManifest[] saved = new FlowManifest[1];
        Path scratch = Files.createTempDirectory("dagshell-status");
        try {
            DeploymentBuild.Built built =
                    Deployments.build(file(), words.flow(), words.name(), scratch, manifest -> saved[0] = manifest);
            DependencyLock lock =
                    DependencyLock.parse(Files.readString(built.folder().resolve(FolderFiles.LOCK)));
            FlowDifference difference = FlowDifference.between(deployed, new Exported(saved[0], lock));
            return String.join("\n", difference.lines())
                    + (difference.isSame() ? "\nThe server runs what is saved." : "");
        } finally {
            try (var files = Files.list(scratch)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(scratch);
        }
    }
}
