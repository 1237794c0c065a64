package io.dagshell.installer.command;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.compose.Forced;
import io.dagshell.installer.compose.HeadlessFlow;
import io.dagshell.installer.compose.HeadlessNotebook;
import io.dagshell.runner.LocalState;
import io.dagshell.runner.RunArguments;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell run NOTEBOOK.ipynb[:flow]}. */
@Command(
        name = "run",
        description = "Runs all cells of a notebook, or one flow of it, compiled.",
        mixinStandardHelpOptions = true)
final class RunCommand extends Leaf {

    @Parameters(arity = "0..1", paramLabel = "NOTEBOOK.ipynb[:flow]", converter = NotebookFlow.Converter.class)
    private Optional<NotebookFlow> what = Optional.empty();

    @Option(names = "-p", paramLabel = "name=value", description = "A parameter; may be given several times.")
    private List<String> parameters = List.of();

    @Option(names = "--output", paramLabel = "out.ipynb", description = "Write the executed notebook here.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--refresh",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "TASK,…",
            description = "Compute these tasks anew, or every one, and keep the new results.")
    private Optional<String> refresh = Optional.empty();

    @Option(names = "--downstream", description = "Refresh also the tasks that get what the named ones return.")
    private boolean downstream;

    @Option(
            names = "--verify",
            description = "Compute what is cached once more and compare: finds results that are not repeatable.")
    private boolean verify;

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description =
                    "Go on with a run of the flow that failed, with its parameters: what it finished is not repeated.")
    private Optional<String> resume = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TASK",
            description = "With --resume: this task and those that get what it returns run again, though finished.")
    private Optional<String> from = Optional.empty();

    @Override
    int run(PrintWriter out) throws Exception {
        NotebookFlow notebook = notebook();
        Forced forced = new Forced(RunArguments.from(from, resume, RunArguments.refresh(refresh, downstream)), verify);
        Map<String, String> values = Assignment.map(parameters);
        try (LocalState state = LocalState.open(Home.ofEnvironment(), BlockSource.none(), System.getenv())) {
            if (notebook.flow().isPresent()) {
                return HeadlessFlow.run(notebook.file(), notebook.flow().get(), values, forced, resume, state);
            }
            if (resume.isPresent()) {
                throw CommandProblem.badInput("--resume goes on with a run of one flow: write NOTEBOOK.ipynb:flow.");
            }
            return HeadlessNotebook.run(notebook.file(), values, output.map(CallerFolder::resolve), forced, state);
        }
    }

    /** In {@code run --refresh etl.ipynb} the name is the notebook's. */
    private NotebookFlow notebook() {
        if (what.isPresent()) {
            return what.get();
        }
        String typed = refresh.filter(text -> text.contains(".ipynb"))
                .orElseThrow(() -> CommandProblem.badInput("Name a notebook: dagshell run NOTEBOOK.ipynb[:flow]."));
        refresh = Optional.of("");
        return NotebookFlow.parse(typed);
    }
}
