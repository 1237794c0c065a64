package io.dagshell.installer.kernel;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.Distribution;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.NotebookSession;
import io.dagshell.kernel.About;
import io.dagshell.kernel.JupyterKernel;
import io.dagshell.kernel.protocol.Connection;
import io.dagshell.kernel.protocol.Headstart;
import io.dagshell.kernel.session.JavaSession;
import io.dagshell.runner.LocalState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kernel that lives as long as its process: until it is shut down or who started it is gone. */
public final class KernelProcess {
    private final Map<String, String> environment;
    private volatile @Nullable LocalState state;
    private volatile @Nullable NotebookSession session;

    private KernelProcess(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Serves the clients of a connection file; the exit code.
     *
     * @param ending called when the kernel has been told to end, before anything is closed
     */
    public static int run(Path connectionFile, Runnable ending) throws IOException, InterruptedException {
        Headstart.begin();
        return new KernelProcess(System.getenv()).serve(Connection.read(connectionFile), ending);
    }

    private int serve(Connection connection, Runnable ending) throws IOException, InterruptedException {
        String notebook = NotebookName.of(environment);
        Path history = Home.ofEnvironment().data().resolve("history.jsonl");
        JupyterKernel.Place place = new JupyterKernel.Place(notebook, Optional.of(history));
        try (JupyterKernel kernel = JupyterKernel.start(connection, about(), place, () -> open(notebook))) {
            ParentWatch.start(environment, kernel::end);
            kernel.awaitEnd();
            ending.run();
        }
        close();
        return ExitCode.DONE.number();
    }

    private JavaSession open(String notebook) throws IOException {
        LocalState opened = LocalState.onDemand(Home.ofEnvironment(), BlockSource.none(), environment);
        state = opened;
        NotebookSession started = NotebookSession.open(opened, notebook, "notebook");
        session = started;
        return started.session();
    }

    private void close() throws IOException {
        NotebookSession opened = session;
        if (opened != null) {
            opened.close();
        }
        LocalState records = state;
        if (records != null) {
            records.close();
        }
    }

    private static About about() {
        String version = Distribution.version();
        String banner = "DagShell " + version + " on Java " + System.getProperty("java.version")
                + "\nTime zone UTC, locale ROOT, encoding UTF-8. %lsmagic lists the magics.";
        return new About(
                "dagshell",
                version,
                banner,
                List.of(
                        new About.Link(
                                "Java API",
                                "https://docs.oracle.com/en/java/javase/"
                                        + Runtime.version().feature() + "/docs/api/"),
                        new About.Link("Tablesaw", "https://jtablesaw.github.io/tablesaw/")));
    }
}
