package io.dagshell.installer.compose;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.ExitCode;
import io.dagshell.kernel.ConnectionFile;
import io.dagshell.kernel.JupyterKernel;
import io.dagshell.kernel.session.JavaSession;
import io.dagshell.runner.LocalState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The kernel, as Jupyter starts it. Its sockets answer before the session is there. */
public final class KernelProcess {

    private KernelProcess() {}

    /** Runs until Jupyter shuts it down; the exit code. */
    public static int run(Path connectionFile) {
        return run(connectionFile, Home.ofEnvironment());
    }

    /** The same with all state below {@code folder}. */
    public static int run(Path connectionFile, Path folder) {
        return run(connectionFile, new Home(folder, folder.resolve("cache")));
    }

    private static int run(Path connectionFile, Home home) {
        JupyterKernel.run(ConnectionFile.read(connectionFile), () -> session(home));
        return ExitCode.DONE.number();
    }

    private static JavaSession session(Home home) {
        try {
            LocalState state = LocalState.open(home, BlockSource.none(), System.getenv());
            return NotebookSession.open(state, "", "notebook").session();
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the state below " + home.data() + " cannot be opened", unwritable);
        }
    }
}
