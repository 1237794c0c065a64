package io.dagshell.kernel.magic;

import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.kernel.session.SessionContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code !command}, {@code %%bash}, {@code %%sh} and the environment they see: {@code %env}. One session each. */
public final class ShellMagics implements KernelExtension {
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*)(?:\\s*=\\s*|\\s+)(.*)");
    private static final int NO_SUCH_COMMAND = 127;

    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private volatile @Nullable SessionContext session;

    @Override
    public void opened(SessionContext context) {
        session = context;
    }

    @Override
    public Map<String, LineMagic> lineMagics() {
        return Map.of("!", this::command, "env", this::environment);
    }

    @Override
    public Map<String, CellMagic> cellMagics() {
        return Map.of(
                "bash",
                (arguments, body) -> script("%%bash", arguments, body),
                "sh",
                (arguments, body) -> script("%%sh", arguments, body));
    }

    @Override
    public Map<String, String> magicHelp() {
        String ends = " Interrupting the cell ends it with all it started.";
        return Map.of(
                "!",
                "!command\n\nRuns a command of the shell; what it prints appears at once." + ends
                        + " Java's negation of a name is (!name) at the start of a line.",
                "%%bash",
                "%%bash\nscript\n\nRuns a script in bash; the cell fails if the script does." + ends,
                "%%sh",
                "%%sh\nscript\n\nRuns a script in the shell; the cell fails if the script does." + ends,
                "%env",
                "%env [NAME[=value]]\n\nLists the names of the environment, shows one value, or sets one for"
                        + " !command and %%bash. Java's System.getenv does not change.");
    }

    private CellOutput output() {
        SessionContext context = session;
        if (context == null) {
            throw new IllegalStateException("the session is not open");
        }
        return context.output();
    }

    /** A command that fails is told and stops nothing, as people know it. */
    private Optional<Object> command(String command) throws Exception {
        CellOutput output = output();
        int code = ShellCommand.of(command).run(environment, output);
        if (code != 0) {
            String java = code == NO_SUCH_COMMAND ? "; for Java's negation write (!" + command + ")" : "";
            output.stderr("!" + command + ": exit code " + code + java + "\n");
        }
        return Optional.empty();
    }

    private Optional<Object> script(String magic, String arguments, String body) throws Exception {
        if (!arguments.isBlank()) {
            throw new CellProblem(1, 1, magic + " takes nothing behind it; write " + magic + " and the script below");
        }
        int code = ShellCommand.of(body).run(environment, output());
        if (code != 0) {
            throw new CellProblem(1, 1, "the script ended with exit code " + code);
        }
        return Optional.empty();
    }

    private Optional<Object> environment(String arguments) {
        Map<String, String> all = new TreeMap<>(System.getenv());
        all.putAll(environment);
        if (arguments.isBlank()) {
            return Optional.of(all.keySet().stream().collect(Collectors.joining("\n")));
        }
        Matcher assignment = ASSIGNMENT.matcher(arguments.strip());
        if (assignment.matches()) {
            environment.put(assignment.group(1), assignment.group(2));
            return Optional.of(assignment.group(1) + "=" + assignment.group(2) + " for !command and %%bash");
        }
        String value = all.get(arguments.strip());
        if (value == null) {
            throw new CellProblem(
                    1, 1, arguments.strip() + " is not set; write %env NAME=value, or %env for the names there are");
        }
        return Optional.of(value);
    }
}
