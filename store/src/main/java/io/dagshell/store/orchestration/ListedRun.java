package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A run in a list.
 *
 * @param deployment empty for one nobody planned
 * @param at due instant, or start of one nobody planned
 * @param message why it waits, or how it ended
 * @param madeBy who planned it, or where it was started: {@code schedule}, {@code notebook}, …
 */
public record ListedRun(
        RunId id,
        TaskName flow,
        Optional<DeploymentName> deployment,
        State state,
        Instant at,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        String parametersJson,
        Optional<String> message,
        String madeBy) {

    boolean says(String lowerCase) {
        String all = id + "\n" + flow + "\n"
                + deployment.map(DeploymentName::value).orElse("") + "\n" + parametersJson + "\n" + message.orElse("");
        return all.toLowerCase(Locale.ROOT).contains(lowerCase);
    }

    RunQuery.Place place() {
        return new RunQuery.Place(at, id);
    }
}
