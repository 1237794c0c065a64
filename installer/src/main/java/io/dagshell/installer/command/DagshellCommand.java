package io.dagshell.installer.command;

import io.dagshell.installer.Distribution;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line as a whole. */
@Command(
        name = "dagshell",
        description = "A Java kernel for Jupyter whose cells become production flows.",
        mixinStandardHelpOptions = true,
        versionProvider = DagshellCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 done, 1 the flow failed, 2 bad input, 3 cannot reach what it needs."},
        subcommands = {
            DemoCommand.class,
            InstallCommand.class,
            UninstallCommand.class,
            RunCommand.class,
            DeploymentCommand.class,
            ScheduleCommand.class,
            BackfillCommand.class,
            QueueCommand.class,
            LimitCommand.class,
            ApprovalCommand.class,
            AlertCommand.class,
            UserCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            BlockCommand.class,
            RunsCommand.class,
            ServerCommand.class,
            AgentCommand.class,
            StartCommand.class,
            CacheCommand.class,
            KernelCommand.class,
        })
public final class DagshellCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private DagshellCommand() {}

    /** Runs {@code arguments}; answers the exit code and never throws. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new DagshellCommand());
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler((failure, where, parsed) -> Failures.tell(failure, where.getErr()));
        line.setParameterExceptionHandler((failure, parsed) -> Failures.misuse(failure));
        return line.execute(arguments);
    }

    /** Without a subcommand there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }

    /** {@code dagshell --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "dagshell " + Distribution.version() + " on Java " + System.getProperty("java.version") + ", "
                        + System.getProperty("java.home")
            };
        }
    }
}
