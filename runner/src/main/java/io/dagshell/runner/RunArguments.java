package io.dagshell.runner;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands behind {@code java -jar flow.jar}. Read by hand: a parser library would be a third of the start.
 *
 * @param parameters name to text, in the order given
 * @param refresh compute every task anew
 * @param resumes the run to resume: its id, or how that begins
 * @param home folder of state instead of {@code DAGSHELL_HOME}
 * @param blocksFromInput settings of blocks are piped in by the process that started this one
 * @param help only show what may be given
 */
record RunArguments(
        Map<String, String> parameters,
        boolean refresh,
        Optional<String> resumes,
        Optional<Path> home,
        boolean blocksFromInput,
        boolean help) {
    static final String USAGE = """
            Usage: java -jar flow.jar run [-p 'name=value']... [--refresh | --resume RUN] [--data-home FOLDER] [--blocks-from-stdin]
              -p name=value       a parameter of the flow; otherwise deployment.yaml beside the jar, then the default
              --refresh           compute every task anew and keep the new results
              --resume RUN        go on with a run that failed, with its parameters: what it finished is not repeated
              --data-home FOLDER  where run records, blocks and cached results are, instead of DAGSHELL_HOME
              --blocks-from-stdin read blocks of this run as JSON: {"name": {"type": "postgres", "host": "…"}}
            Exit codes: 0 done, 1 the flow failed, 2 bad input, 3 cannot reach what it needs.
            """;

    RunArguments {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** @throws BadInput an option that does not exist or has no value */
    static RunArguments parse(String... arguments) {
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean refresh = false;
        boolean help = false;
        boolean blocksFromInput = false;
        Optional<String> resumes = Optional.empty();
        Optional<Path> home = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("-p") || argument.equals("--param")) {
                putParameter(parameters, value(arguments, ++i, argument));
            } else if (argument.startsWith("--param=")) {
                putParameter(parameters, argument.substring("--param=".length()));
            } else if (argument.equals("--refresh")) {
                refresh = true;
            } else if (argument.equals("--resume")) {
                resumes = Optional.of(value(arguments, ++i, argument));
            } else if (argument.equals("--data-home")) {
                home = Optional.of(Path.of(value(arguments, ++i, argument)));
            } else if (argument.equals("--blocks-from-stdin")) {
                blocksFromInput = true;
            } else if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
            } else if (i > 0 || !argument.equals("run")) {
                throw new BadInput("There is no option '" + argument + "'.\n" + USAGE.stripTrailing());
            }
        }
        requireNothingElse(resumes, parameters, refresh);
        return new RunArguments(parameters, refresh, resumes, home, blocksFromInput, help);
    }

    /** @throws BadInput a resumed run would not be given what the run had that it resumes */
    static void requireNothingElse(Optional<String> resumes, Map<String, String> parameters, boolean refresh) {
        if (resumes.isPresent() && !parameters.isEmpty()) {
            throw new BadInput("A resumed run has the parameters of the run it resumes; leave out -p.");
        }
        if (resumes.isPresent() && refresh) {
            throw new BadInput("--resume keeps what was finished and --refresh computes it anew; leave out one.");
        }
    }

    private static String value(String[] arguments, int index, String option) {
        if (index >= arguments.length) {
            throw new BadInput("The option " + option + " has no value.\n" + USAGE.stripTrailing());
        }
        return arguments[index];
    }

    private static void putParameter(Map<String, String> parameters, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new BadInput("A parameter is given as -p 'name=value', not '" + assignment + "'.");
        }
        parameters.put(assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
    }
}
