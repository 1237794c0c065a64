package io.dagshell.installer.compose;

import io.dagshell.engine.cache.Refresh;
import io.dagshell.engine.cache.Verification;
import io.dagshell.engine.model.TaskName;
import io.dagshell.installer.ExitCode;
import io.dagshell.notebooks.HeadlessRun;
import io.dagshell.notebooks.InjectedParameters;
import io.dagshell.notebooks.NotebookFile;
import io.dagshell.notebooks.TerminalListener;
import io.dagshell.runner.BadInput;
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
    public static int run(
            Path file, Map<String, String> parameters, Optional<Path> output, Forced forced, LocalState state)
            throws IOException {
        NotebookFile notebook = NotebookFile.read(file);
        Optional<InjectedParameters> values = parameters.isEmpty()
                ? Optional.empty()
                : Optional.of(InjectedParameters.of(
                        notebook,
                        SliceCompilers.create(NotebookLibraries.of(notebook.source()))
                                .parameters(notebook.source()),
                        parameters));
        // The session takes System.out over for the cells; what is told goes past it.
        PrintStream out = System.out;
        PrintStream err = System.err;
        Verification verification = state.kept().verification();
        LocalState used = forced.verify() ? state.withCache(verification.over(state.cache())) : state;
        try (NotebookSession session = NotebookSession.open(used, notebook.name(), "headless", forced.refresh())) {
            HeadlessRun run = HeadlessRun.of(notebook, session.session()::execute);
            HeadlessRun.Executed executed =
                    values.map(run::with).orElse(run).run(new TerminalListener(out, err, isTerminal()));
            output.ifPresent(target -> executed.notebook().write(target));
            executed.failure()
                    .ifPresent(failure -> err.println(failure.source() + " failed: "
                            + failure.error().name() + ": " + failure.error().message()));
            boolean clean = !forced.verify() || tell(verification, err);
            requireKnown(forced.refresh(), session);
            return clean && executed.failure().isEmpty() ? ExitCode.DONE.number() : ExitCode.FLOW_FAILED.number();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static boolean tell(Verification verification, PrintStream err) {
        verification.lines().forEach(err::println);
        return verification.isClean();
    }

    /** What a notebook declares is known once its cells ran. */
    private static void requireKnown(Refresh refresh, NotebookSession session) {
        for (TaskName task : refresh.tasks()) {
            if (!session.declares(task)) {
                throw new BadInput("The notebook declares no task " + task + ": nothing was refreshed by that name.");
            }
        }
    }

    /** Java 17 cannot tell, and later ones tell otherwise: the script that starts the command says so. */
    private static boolean isTerminal() {
        return System.getenv("DAGSHELL_TERMINAL") != null;
    }
}
