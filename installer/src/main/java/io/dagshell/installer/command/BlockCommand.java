package io.dagshell.installer.command;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.block.BlockType;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.BlockTypes;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.store.EnvironmentBlocks;
import io.dagshell.store.LocalBlocks;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell block set | ls | rm | test}. Values of secret settings are never printed. */
@Command(
        name = "block",
        description = "Keeps connections by name, encrypted on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {BlockCommand.Set.class, BlockCommand.Ls.class, BlockCommand.Rm.class, BlockCommand.Test.class})
final class BlockCommand extends Group {

    private static LocalBlocks local() {
        return LocalBlocks.open(Home.ofEnvironment().blocks());
    }

    private static BlockName name(String typed) {
        try {
            return new BlockName(typed);
        } catch (IllegalArgumentException wrong) {
            throw CommandProblem.badInput("'" + typed + "' is no name of a block: " + wrong.getMessage() + ".");
        }
    }

    /** {@code block set NAME --type postgres host=localhost password=-}. */
    @Command(
            name = "set",
            description = "Makes or replaces a block.",
            footer = "A value of - is asked for without showing it, or read from standard input.",
            mixinStandardHelpOptions = true)
    static final class Set extends Leaf {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Option(names = "--type", required = true, description = "Such as postgres or secret.")
        private String type = "";

        @Parameters(index = "1..*", paramLabel = "setting=value", arity = "1..*")
        private List<String> settings = List.of();

        @Override
        int run(PrintWriter out) {
            BlockName block = name(name);
            BlockType kind = BlockTypes.named(type);
            Map<String, String> fields = Assignment.map(settings);
            fields.replaceAll((field, value) -> value.equals("-") ? ask(field) : value);
            List<String> wrong = kind.check(BlockSettings.of(type, fields));
            if (!wrong.isEmpty()) {
                throw CommandProblem.badInput(String.join(System.lineSeparator(), wrong));
            }
            local().set(block, type, fields);
            out.println("Block " + block + " is set. Try it: dagshell block test " + block);
            return ExitCode.DONE.number();
        }

        private static String ask(String field) {
            Console console = System.console();
            if (console != null) {
                char[] typed = console.readPassword("%s: ", field);
                return typed == null ? "" : new String(typed);
            }
            return StandardInput.line();
        }
    }

    /** {@code block ls}. */
    @Command(name = "ls", description = "Lists the blocks of this machine.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) {
            Map<String, BlockSettings> blocks = local().all();
            if (blocks.isEmpty()) {
                out.println("There is no block yet: dagshell block set NAME --type postgres host=… database=…");
            }
            TextTable table = new TextTable("name", "type", "settings");
            blocks.forEach((name, settings) -> table.row(name, settings.type(), BlockTypes.masked(settings)));
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code block rm NAME}. */
    @Command(name = "rm", description = "Removes a block.", mixinStandardHelpOptions = true)
    static final class Rm extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) {
            BlockName block = name(name);
            if (!local().remove(block)) {
                throw CommandProblem.badInput("There is no block " + block + " on this machine.");
            }
            out.println("Block " + block + " is removed.");
            return ExitCode.DONE.number();
        }
    }

    /** {@code block test NAME}: as a run would find it. */
    @Command(name = "test", description = "Connects to a block as a run would.", mixinStandardHelpOptions = true)
    static final class Test extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) {
            BlockName block = name(name);
            BlockSource all = EnvironmentBlocks.ofProcess().orElse(local());
            BlockSettings settings = all.find(block)
                    .orElseThrow(() -> CommandProblem.badInput("There is no block " + block + ", neither in "
                            + block.environmentVariable() + " nor on this machine: dagshell block set " + block
                            + " --type …"));
            BlockType.TestResult result = BlockTypes.named(settings.type()).test(settings, all);
            out.println(result.message());
            return (result.works() ? ExitCode.DONE : ExitCode.UNREACHABLE).number();
        }
    }
}
