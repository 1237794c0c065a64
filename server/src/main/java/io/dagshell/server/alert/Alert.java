package io.dagshell.server.alert;

import io.dagshell.engine.model.RunId;
import io.dagshell.store.orchestration.AlertKind;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told.
 *
 * @param rule that tells it
 * @param run it is about; empty for a deployment that is silent
 * @param at when it was noticed
 * @param link to the page that shows it
 * @param place the line of the flow's code that failed: {@code etl.ipynb[3]:4}; empty if there is none
 * @param problem what went wrong there, or why the run ended or waits; may be empty
 * @param held how many of its kind and deployment were held back since the one told before
 */
public record Alert(
        String rule,
        AlertKind kind,
        String deployment,
        Optional<RunId> run,
        Instant at,
        URI link,
        String place,
        String problem,
        int held) {
    private static final int LONGEST_PROBLEM = 1_000;

    public Alert {
        problem = problem.length() <= LONGEST_PROBLEM ? problem : problem.substring(0, LONGEST_PROBLEM) + "…";
    }

    /** One line: {@code Parameterized ETL ended Failed}. */
    public String title() {
        return deployment + " " + kind.said();
    }

    /** What is known beside the title, a fact a line. */
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        if (!place.isEmpty()) {
            facts.add("at " + place);
        }
        if (!problem.isEmpty()) {
            facts.add(problem);
        }
        run.ifPresent(id -> facts.add("run " + id));
        if (held > 0) {
            facts.add(held + " more like it since the message before");
        }
        facts.add("noticed " + at + " by the alert \"" + rule + "\"");
        return facts;
    }
}
