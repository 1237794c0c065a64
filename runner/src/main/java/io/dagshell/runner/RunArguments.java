package io.dagshell.runner;

import io.dagshell.engine.cache.Refresh;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands behind {@code java -jar flow.jar}. Read by hand: a parser library would be a third of the start.
 *
 * @param parameters name to text, in the order given
 * @param refresh tasks to compute anew
 * @param verify compute what is cached once more and compare
 * @param resumes the run to resume: its id, or how that begins
 * @param home folder of state instead of {@code DAGSHELL_HOME}
 * @param blocksFromInput settings of blocks are piped in by the process that started this one
 * @param due what {@code scheduledTime()} says
 * @param dueZone the clock that {@code ${scheduled.month}} and the like are read from, in {@code parameters} too; empty for
 *     the flow's own, and only in {@code deployment.yaml}
 * @param order folder of the run as an agent ordered it
 * @param help only show what may be given
 */
public record RunArguments(
        Map<String, String> parameters,
        Refresh refresh,
        boolean verify,
        Optional<String> resumes,
        Optional<Path> home,
        boolean blocksFromInput,
        Optional<Instant> due,
        Optional<ZoneId> dueZone,
        Optional<Path> order,
        boolean help) {
    static final String USAGE = """
            Usage: java -jar flow.jar run [-p 'name=value']... [--refresh [TASK,…] [--downstream] | --resume RUN [--from TASK]] [--verify]
                                     [--due TIME [--due-zone ZONE]] [--data-home FOLDER] [--blocks-from-stdin] [--order FOLDER]
              -p name=value       a parameter of the flow; otherwise deployment.yaml beside the jar, then the default
              --refresh           compute every task anew and keep the new results
              --refresh TASK,…    compute these anew; with --downstream also the tasks that get what they return
              --verify            compute what is cached once more and compare: finds results that are not repeatable
              --resume RUN        go on with a run that failed, with its parameters: what it finished is not repeated
              --from TASK         but this one and what gets its result, from call to call
              --due TIME          the instant it is due for, such as 2026-01-31T06:00:00Z; otherwise now
              --due-zone ZONE     by whose clock ${scheduled.month} and the like are filled, then in values of -p too
              --data-home FOLDER  where run records, blocks and cached results are, instead of DAGSHELL_HOME
              --blocks-from-stdin read blocks of this run as JSON: {"name": {"type": "postgres", "host": "…"}}
              --order FOLDER      the run an agent ordered in that folder, where its events are written
            Exit codes: 0 done, 1 the flow failed, 2 bad input, 3 cannot reach what it needs.
            """;

    public RunArguments {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** @throws BadInput an option that does not exist or has no value */
    static RunArguments parse(String... arguments) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Optional<String> refresh = Optional.empty();
        boolean downstream = false;
        boolean verify = false;
        boolean help = false;
        boolean blocksFromInput = false;
        Optional<String> resumes = Optional.empty();
        Optional<String> from = Optional.empty();
        Optional<Path> home = Optional.empty();
        Optional<Instant> due = Optional.empty();
        Optional<ZoneId> dueZone = Optional.empty();
        Optional<Path> order = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("-p") || argument.equals("--param")) {
                putParameter(parameters, value(arguments, ++i, argument));
            } else if (argument.startsWith("--param=")) {
                putParameter(parameters, argument.substring("--param=".length()));
            } else if (argument.equals("--refresh")) {
                boolean named = i + 1 < arguments.length && !arguments[i + 1].startsWith("-");
                refresh = Optional.of(named ? arguments[++i] : "");
            } else if (argument.equals("--downstream")) {
                downstream = true;
            } else if (argument.equals("--verify")) {
                verify = true;
            } else if (argument.equals("--resume")) {
                resumes = Optional.of(value(arguments, ++i, argument));
            } else if (argument.equals("--from")) {
                from = Optional.of(value(arguments, ++i, argument));
            } else if (argument.equals("--data-home")) {
                home = Optional.of(Path.of(value(arguments, ++i, argument)));
            } else if (argument.equals("--due")) {
                due = Optional.of(instant(value(arguments, ++i, argument)));
            } else if (argument.equals("--due-zone")) {
                dueZone = Optional.of(zone(value(arguments, ++i, argument)));
            } else if (argument.equals("--order")) {
                order = Optional.of(Path.of(value(arguments, ++i, argument)));
            } else if (argument.equals("--blocks-from-stdin")) {
                blocksFromInput = true;
            } else if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
            } else if (i > 0 || !argument.equals("run")) {
                throw new BadInput("There is no option '" + argument + "'.\n" + USAGE.stripTrailing());
            }
        }
        Refresh anew = from(from, resumes, refresh(refresh, downstream));
        requireNothingElse(resumes, parameters, anew);
        return new RunArguments(parameters, anew, verify, resumes, home, blocksFromInput, due, dueZone, order, help);
    }

    /**
     * What was said about computing anew.
     *
     * @param names empty if nothing, an empty text for every task
     * @throws BadInput they are no names, or {@code downstream} of nothing
     */
    public static Refresh refresh(Optional<String> names, boolean downstream) {
        try {
            if (some(names) || downstream) {
                return Refresh.of(names.orElse(""), downstream);
            }
            return names.isPresent() ? Refresh.all() : Refresh.none();
        } catch (IllegalArgumentException noNames) {
            throw new BadInput(
                    some(names)
                            ? "--refresh names tasks, separated by commas, not '" + names.orElse("") + "'."
                            : "Downstream of which task? Write --refresh TASK --downstream.",
                    noNames);
        }
    }

    /**
     * A run that is resumed from a task on.
     *
     * @param refresh what else was said about computing anew
     * @throws BadInput there is nothing to resume, or both were said
     */
    public static Refresh from(Optional<String> task, Optional<String> resumes, Refresh refresh) {
        if (task.isEmpty()) {
            return refresh;
        }
        if (resumes.isEmpty() || !refresh.isNone()) {
            throw new BadInput("--from goes with --resume, and without --refresh: --resume RUN --from TASK.");
        }
        try {
            return Refresh.of(task.get(), true);
        } catch (IllegalArgumentException noName) {
            throw new BadInput("--from names a task, not '" + task.get() + "'.", noName);
        }
    }

    private static boolean some(Optional<String> names) {
        return names.filter(text -> !text.isBlank()).isPresent();
    }

    /** @throws BadInput a resumed run would not be given what the run had that it resumes */
    static void requireNothingElse(Optional<String> resumes, Map<String, String> parameters, Refresh refresh) {
        if (resumes.isPresent() && !parameters.isEmpty()) {
            throw new BadInput("A resumed run has the parameters of the run it resumes; leave out -p.");
        }
        if (resumes.isPresent() && !refresh.isNone() && !refresh.downstream()) {
            throw new BadInput(
                    "--resume keeps what was finished and --refresh computes it anew; leave out one, or say from which task on: --from TASK.");
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new BadInput("--due is an instant such as 2026-01-31T06:00:00Z, not '" + text + "'.", wrong);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException wrong) {
            throw new BadInput("--due-zone is a time zone such as UTC or Europe/Berlin, not '" + text + "'.", wrong);
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
