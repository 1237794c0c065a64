package io.dagshell.installer.command;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.TextLines;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.view.MimeBundle;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.magics.display.RunDisplay;
import io.dagshell.store.AttemptRecord;
import io.dagshell.store.KeyWords;
import io.dagshell.store.LogRecord;
import io.dagshell.store.RunRecord;
import io.dagshell.store.RunStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell runs ls | show}. */
@Command(
        name = "runs",
        description = "What ran on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {RunsCommand.Ls.class, RunsCommand.Show.class})
final class RunsCommand extends Group {

    private static RunStore store() {
        return RunStore.open(Home.ofEnvironment().database());
    }

    /** {@code runs ls}. */
    @Command(name = "ls", description = "Lists the latest runs, newest first.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Option(names = "-n", paramLabel = "COUNT", description = "How many (${DEFAULT-VALUE}).", defaultValue = "20")
        private int count;

        @Override
        int run(PrintWriter out) {
            try (RunStore store = store()) {
                TextTable table = new TextTable("run", "flow", "state", "started", "took", "from");
                List<RunRecord> runs = store.runs(count);
                if (runs.isEmpty()) {
                    out.println("Nothing ran yet: dagshell run NOTEBOOK.ipynb");
                }
                for (RunRecord run : runs) {
                    table.row(
                            run.id().toString(),
                            run.title(),
                            run.state().word(),
                            run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                            run.finishedAt()
                                    .map(end -> TextLines.seconds(Duration.between(run.startedAt(), end)))
                                    .orElse(""),
                            run.source());
                }
                table.print(out);
            }
            return ExitCode.DONE.number();
        }
    }

    /** {@code runs show ID}. */
    @Command(name = "show", description = "Shows a run, its calls and its log.", mixinStandardHelpOptions = true)
    static final class Show extends Leaf {
        @Parameters(paramLabel = "RUN", description = "Its id, or how it begins.")
        private String id = "";

        @Override
        int run(PrintWriter out) {
            try (RunStore store = store()) {
                RunRecord run = find(store);
                List<RunEvent> events = store.events(run.id());
                MimeBundle seen = RunDisplay.of(events, new FlowGraph(List.of(), List.of()), Clock.systemUTC());
                out.println(seen.get(MimeBundle.TEXT).orElse(""));
                out.println("run " + run.id() + "  " + run.origin() + "  " + run.source());
                out.println("parameters " + run.parametersJson());
                run.resumes().ifPresent(resumed -> out.println("resumes " + resumed));
                run.message().ifPresent(out::println);
                store.artifacts(run.id())
                        .forEach(each -> out.println("artifact " + each.name() + ": "
                                + each.content().get(MimeBundle.TEXT).orElse("")));
                new KeyWords(store).ofRun(run).forEach(out::println);
                for (AttemptRecord attempt : store.attempts(run.id())) {
                    out.println("attempt " + attempt.attempt() + " of call " + attempt.ordinal() + "  "
                            + attempt.state().word() + "  "
                            + attempt.message().orElse(""));
                }
                for (LogRecord line : store.logs(run.id(), -1, 1_000)) {
                    out.println(line.at() + "  " + line.level() + "  " + line.text());
                }
            }
            return ExitCode.DONE.number();
        }

        private RunRecord find(RunStore store) {
            List<RunRecord> found = store.startingWith(id, 2);
            if (found.size() == 1) {
                return found.get(0);
            }
            throw CommandProblem.badInput(
                    found.isEmpty()
                            ? "There is no run " + id + ": dagshell runs ls lists those there are."
                            : "More than one run begins with " + id + ": write more of its id.");
        }
    }
}
