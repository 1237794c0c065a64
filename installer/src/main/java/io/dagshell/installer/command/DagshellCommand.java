package io.dagshell.installer.command;

import io.dagshell.installer.Distribution;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
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
        footer = {"", "Exit codes: 0 done, 1 the flow failed, 2 bad input, 3 cannot reach what it needs."})
public final class DagshellCommand implements Runnable {

    /** Every command by its name, in the order of the help. */
    static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("install", InstallCommand.class);
        COMMANDS.put("uninstall", UninstallCommand.class);
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("deployment", DeploymentCommand.class);
        COMMANDS.put("schedule", ScheduleCommand.class);
        COMMANDS.put("backfill", BackfillCommand.class);
        COMMANDS.put("queue", QueueCommand.class);
        COMMANDS.put("limit", LimitCommand.class);
        COMMANDS.put("approval", ApprovalCommand.class);
        COMMANDS.put("alert", AlertCommand.class);
        COMMANDS.put("user", UserCommand.class);
        COMMANDS.put("token", TokenCommand.class);
        COMMANDS.put("audit", AuditCommand.class);
        COMMANDS.put("block", BlockCommand.class);
        COMMANDS.put("runs", RunsCommand.class);
        COMMANDS.put("server", ServerCommand.class);
        COMMANDS.put("agent", AgentCommand.class);
        COMMANDS.put("start", StartCommand.class);
        COMMANDS.put("cache", CacheCommand.class);
        COMMANDS.put("kernel", KernelCommand.class);
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private DagshellCommand() {}

    /** Runs {@code arguments}; answers the exit code and never throws. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = line(arguments);
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler((failure, where, parsed) -> Failures.tell(failure, where.getErr()));
        line.setParameterExceptionHandler((failure, parsed) -> Failures.misuse(failure));
        return line.execute(arguments);
    }

    /** With the command that is named first, or with all: to read the options of every command takes longer than many a command. */
    private static CommandLine line(String... arguments) {
        CommandLine line = new CommandLine(new DagshellCommand());
        Class<?> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (named == null) {
            COMMANDS.forEach(line::addSubcommand);
        } else {
            line.addSubcommand(arguments[0], named);
        }
        return line;
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
