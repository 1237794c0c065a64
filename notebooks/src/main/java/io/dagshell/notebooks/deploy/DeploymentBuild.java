package io.dagshell.notebooks.deploy;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.yaml.YamlProblem;
import io.dagshell.kernel.session.Library;
import io.dagshell.magics.slice.Slice;
import io.dagshell.notebooks.NotebookFile;
import io.dagshell.notebooks.NotebookProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Writes the deployment folder of a flow.
 *
 * <pre>{@code
 * var built = new DeploymentBuild(runtime, declared, new LibraryStore(home.libraries()))
 *         .write(notebook, slice, "Ingest flow", folder);
 * }</pre>
 */
public final class DeploymentBuild {
    /** As class files write them; the libraries behind them are large, and few flows need them. */
    private static final List<String> CLOUD_TYPES =
            List.of("io/dagshell/blocks/GcsBlock", "io/dagshell/blocks/BigQueryBlock");

    private final FlowJarRuntime runtime;
    private final List<Library> declared;
    private final LibraryStore store;

    /** Of a notebook whose cells declare those libraries; folders of classes cannot be locked and are refused. */
    public DeploymentBuild(FlowJarRuntime runtime, List<Library> declared, LibraryStore store) {
        this.runtime = runtime;
        this.declared = List.copyOf(declared);
        this.store = store;
    }

    /**
     * A written folder.
     *
     * @param folder where it is
     * @param warnings sentences about edits of {@code deployment.yaml} that no longer fit
     */
    public record Built(Path folder, List<String> warnings) {
        public Built {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Writes {@code deployment.yaml}, {@code flow.json}, {@code flow.jar}, {@code deps.lock} and {@code notebook.ipynb}
     * into {@code folder}. A {@code deployment.yaml} that is there keeps what a person edited.
     *
     * @throws NotebookProblem the folder cannot be written, or its {@code deployment.yaml} cannot be read
     */
    public Built write(NotebookFile notebook, Slice slice, String name, Path folder) {
        try {
            Files.createDirectories(folder);
            MergedYaml yaml = yaml(notebook, slice.manifest(), name, folder);
            DependencyLock locked = new DependencyLock(addLibraries(slice));
            String lock = locked.text();
            byte[] flowJson = ManifestJson.write(slice.manifest().withLibraries(userLibraries(locked)));
            // The page people edit is written first: were a later file to fail, its edits are not lost.
            put(folder.resolve("deployment.yaml"), yaml.text().getBytes(StandardCharsets.UTF_8));
            put(folder.resolve("deps.lock"), lock.getBytes(StandardCharsets.UTF_8));
            put(folder.resolve("notebook.ipynb"), notebook.withoutOutputs().bytes());
            put(folder.resolve("flow.jar"), FlowJar.of(slice, runtime, flowJson, lock));
            put(folder.resolve("flow.json"), flowJson);
            return new Built(folder, yaml.warnings());
        } catch (IOException unwritable) {
            throw new NotebookProblem(
                    "The deployment folder " + folder + " cannot be written: " + unwritable.getMessage() + ".",
                    unwritable);
        }
    }

    private static List<FlowManifest.Library> userLibraries(DependencyLock locked) {
        return locked.of(Role.USER).stream()
                .map(entry -> new FlowManifest.Library(
                        entry.coordinate().isEmpty() ? entry.file() : entry.coordinate(), entry.sha256()))
                .toList();
    }

    private List<Entry> addLibraries(Slice slice) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path jar : runtime.libraries()) {
            entries.add(store.add(jar, Role.RUNTIME, ""));
        }
        if (runtime.usesCloud() || usesCloud(slice)) {
            for (Path jar : runtime.cloudLibraries()) {
                entries.add(store.add(jar, Role.CLOUD, ""));
            }
        }
        for (Library library : declared) {
            if (!Files.isRegularFile(library.path())) {
                throw new NotebookProblem("The class path entry " + library.path()
                        + " is a folder of classes, which a deployment cannot carry: make a jar of it.");
            }
            entries.add(store.add(library.path(), Role.USER, library.coordinate()));
        }
        return entries;
    }

    /** A class that calls a block of a cloud names its type. */
    private static boolean usesCloud(Slice slice) {
        return slice.classes().values().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .anyMatch(constants -> CLOUD_TYPES.stream().anyMatch(constants::contains));
    }

    private static MergedYaml yaml(NotebookFile notebook, FlowManifest manifest, String name, Path folder)
            throws IOException {
        Path file = folder.resolve("deployment.yaml");
        if (!Files.exists(file)) {
            DeploymentYaml.Head head =
                    new DeploymentYaml.Head(name, Optional.empty(), tags(manifest), notebook.folder());
            return new MergedYaml(DeploymentYaml.create(head, manifest), List.of());
        }
        try {
            return MergedYaml.of(Files.readString(file), former(folder), name, manifest);
        } catch (YamlProblem wrong) {
            throw new NotebookProblem(
                    wrong.in(file.toString()) + " What you wrote there cannot be kept: mend the file or remove it.",
                    wrong);
        }
    }

    private static SortedSet<String> tags(FlowManifest manifest) {
        SortedSet<String> tags = new TreeSet<>();
        manifest.tasks().stream()
                .filter(task -> task.definition().name().equals(manifest.flow()))
                .forEach(task -> tags.addAll(task.definition().policy().tags()));
        return tags;
    }

    // Only the former defaults are wanted; without them every value counts as edited.
    private static Optional<FlowManifest> former(Path folder) {
        try {
            return Optional.of(ManifestJson.read(Files.readAllBytes(folder.resolve("flow.json"))));
        } catch (IOException missingOrDamaged) {
            return Optional.empty();
        }
    }

    private static void put(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
