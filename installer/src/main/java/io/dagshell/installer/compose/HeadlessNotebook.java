package io.dagshell.installer.compose;

import io.dagshell.installer.ExitCode;
import io.dagshell.notebooks.HeadlessRun;
import io.dagshell.notebooks.InjectedParameters;
import io.dagshell.notebooks.NotebookFile;
import io.dagshell.notebooks.TerminalListener;
import io.dagshell.runner.LocalState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** All cells of a notebook, run in order in this process without Jupyter. */
public final class HeadlessNotebook {

    private HeadlessNotebook() {}

    /**
     * Runs it and tells it on the terminal; the exit code.
     *
     * @param output where the executed notebook is written, also if a cell failed
     */
    public static int run(Path file, Map<String, String> parameters, Optional<Path> output, LocalState state)
            throws IOException {
        NotebookFile notebook = NotebookFile.read(file);
        Optional<InjectedParameters> values = parameters.isEmpty()
                ? Optional.empty()
                : Optional.of(InjectedParameters.of(
                        notebook, SliceCompilers.create().parameters(notebook.source()), parameters));
        // The session takes System.out over for the cells; what is told goes past it.
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (NotebookSession session = NotebookSession.open(state, notebook.name(), "headless")) {
            HeadlessRun run = HeadlessRun.of(notebook, session.session()::execute);
            HeadlessRun.Executed executed = values.map(run::with).orElse(run).run(new TerminalListener(out, err));
            output.ifPresent(target -> executed.notebook().write(target));
            executed.failure()
                    .ifPresent(failure -> err.println(failure.source() + " failed: "
                            + failure.error().name() + ": " + failure.error().message()));
            return executed.failure().isEmpty() ? ExitCode.DONE.number() : ExitCode.FLOW_FAILED.number();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
