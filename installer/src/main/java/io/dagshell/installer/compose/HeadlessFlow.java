package io.dagshell.installer.compose;

import io.dagshell.engine.home.Home;
import io.dagshell.engine.loading.UserLoader;
import io.dagshell.installer.Distribution;
import io.dagshell.kernel.session.Library;
import io.dagshell.magics.slice.NotebookSource;
import io.dagshell.magics.slice.Slice;
import io.dagshell.magics.slice.StaleSliceException;
import io.dagshell.notebooks.NotebookFile;
import io.dagshell.runner.DeployedFlow;
import io.dagshell.runner.LocalState;
import io.dagshell.runner.RunStreams;
import io.dagshell.runner.RunnerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One flow of a notebook, compiled as for its export if this machine has not done so yet, and run in this process. */
public final class HeadlessFlow {

    private HeadlessFlow() {}

    /** Runs it; the exit code. */
    public static int run(
            Path file,
            String flow,
            Map<String, String> parameters,
            Forced forced,
            Optional<String> resumes,
            LocalState state)
            throws IOException {
        NotebookFile notebook = NotebookFile.read(file);
        List<Library> libraries = NotebookLibraries.of(notebook.source());
        Slice slice = compiled(notebook.source(), flow, libraries);
        RunnerSettings settings = RunnerSettings.telling(state, RunStreams.ofProcess())
                .withOrigin("headless")
                .withRefresh(forced.refresh())
                .withVerify(forced.verify())
                .withResumes(resumes);
        try (UserLoader loader = UserApi.loader(libraries)) {
            return DeployedFlow.open(slice.manifest(), slice.loader(loader)).run(parameters, settings);
        }
    }

    private static Slice compiled(NotebookSource notebook, String flow, List<Library> libraries) throws IOException {
        KeptSlices kept = new KeptSlices(Home.ofEnvironment().slices());
        String key =
                SliceKey.of(notebook, flow, libraries, Distribution.running().jars());
        Optional<Slice> before = kept.find(key);
        if (before.isPresent()) {
            try (UserLoader loader = UserApi.loader(libraries)) {
                return before.get().now(loader);
            } catch (StaleSliceException failed) {
                // Compiled anew, it says which line of the notebook failed.
            }
        }
        Slice slice = SliceCompilers.create(libraries).compile(notebook, flow);
        kept.keep(key, slice);
        return slice;
    }
}
