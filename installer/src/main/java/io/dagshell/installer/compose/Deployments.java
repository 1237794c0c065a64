package io.dagshell.installer.compose;

import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.DeployedLibraries;
import io.dagshell.installer.Distribution;
import io.dagshell.kernel.session.Library;
import io.dagshell.magics.slice.Slice;
import io.dagshell.notebooks.NotebookFile;
import io.dagshell.notebooks.deploy.DeploymentBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Exports flows with the libraries of this distribution. */
public final class Deployments {

    private Deployments() {}

    public static DeploymentBuild.Built build(Path file, String flow, String name, Path folder) throws IOException {
        return build(file, flow, name, folder, manifest -> {});
    }

    /**
     * The same.
     *
     * @param check may refuse by an exception what would be written
     */
    static DeploymentBuild.Built build(Path file, String flow, String name, Path folder, Consumer<FlowManifest> check)
            throws IOException {
        NotebookFile notebook = NotebookFile.read(file);
        List<Library> libraries = NotebookLibraries.of(notebook.source());
        Slice slice = SliceCompilers.create(libraries).compile(notebook.source(), flow);
        check.accept(slice.manifest());
        LibraryStore store = new LibraryStore(Home.ofEnvironment().libraries());
        return new DeploymentBuild(DeployedLibraries.of(Distribution.running()), libraries, store)
                .write(notebook, slice, name, folder);
    }

    /** Folder of a deployment that nobody named one for. */
    public static Path folder(String name) {
        String plain = name.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        return Path.of(plain.isEmpty() ? "deployment" : plain);
    }
}
