package io.dagshell.server.web;

import io.dagshell.engine.parameter.RetryDelayText;
import io.dagshell.server.deploy.Revising.Retries;
import io.dagshell.store.orchestration.Retrying;
import io.javalin.http.Context;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * When runs are tried again, as it is typed.
 *
 * @param number attempts after the first; empty for what the flow's header says
 * @param delay such as {@code 10s}; empty for what the flow's header says
 * @param when ends, of {@link Retrying#ENDS}
 */
public record RetriesForm(String number, String delay, List<String> when) {
    private static final String NUMBER = "retries";
    private static final String DELAY = "retryDelay";
    private static final String WHEN = "retryWhen";
    private static final int MOST = 1_000;

    public RetriesForm {
        when = List.copyOf(when);
    }

    /**
     * @param said what {@code deployment.yaml} has
     * @param holds what is done with it
     */
    static RetriesForm of(Retries said, Retrying holds) {
        return new RetriesForm(said.number().orElse(""), said.delay().orElse(""), sorted(holds.when()));
    }

    /** What was typed; as it was shown where a form has no such fields. */
    static RetriesForm of(Context request, RetriesForm shown) {
        if (request.formParam(NUMBER) == null) {
            return shown;
        }
        return new RetriesForm(
                NamedDeployment.text(request, NUMBER).strip(),
                NamedDeployment.text(request, DELAY).strip(),
                sorted(request.formParams(WHEN)));
    }

    private static List<String> sorted(Collection<String> ends) {
        return Retrying.ENDS.stream().filter(ends::contains).toList();
    }

    /**
     * What differs from what the form showed.
     *
     * @throws IllegalArgumentException something does not fit, in words
     */
    Retries changes(RetriesForm shown) {
        return new Retries(
                changed(number, shown.number()).map(this::checkedNumber),
                changed(delay, shown.delay()).map(this::checkedDelay),
                when.equals(shown.when()) ? Optional.empty() : Optional.of(checkedEnds()));
    }

    private static Optional<String> changed(String typed, String shown) {
        return typed.equals(shown) ? Optional.empty() : Optional.of(typed);
    }

    private String checkedNumber(String typed) {
        if (typed.isEmpty()) {
            return Retries.HEADER;
        }
        if (!typed.matches("\\d{1,4}") || Integer.parseInt(typed) > MOST) {
            throw new IllegalArgumentException("Tried again (retries) is a whole number from 0 to " + MOST
                    + ", or empty for what the flow's header says, not '" + typed + "'.");
        }
        return typed;
    }

    /** Written anew, so that no more of what was typed gets into the file than what it means. */
    private String checkedDelay(String typed) {
        if (typed.isEmpty()) {
            return Retries.HEADER;
        }
        try {
            return RetryDelayText.of(RetryDelayText.parse(typed));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "Waits before that (retry_delay): " + wrong.getMessage()
                            + "; empty for what the flow's header says.",
                    wrong);
        }
    }

    private String checkedEnds() {
        if (when.isEmpty()) {
            throw new IllegalArgumentException(
                    "Say after which ends a run is tried again (retry_when); with 0 retries after none.");
        }
        return "[" + String.join(", ", when) + "]";
    }

    /** An end and whether it is ticked. */
    public record End(String value, String words, boolean chosen) {}

    public List<End> ends() {
        return Retrying.ENDS.stream()
                .map(end -> new End(end, words(end), when.contains(end)))
                .toList();
    }

    private static String words(String end) {
        return switch (end) {
            case "crashed" -> "its process or agent went away";
            case "failed" -> "it failed and the flow's header would try again";
            case "resource" -> "it failed for something outside";
            case "user" -> "it failed for the input or the code";
            default -> "DagShell itself failed";
        };
    }
}
