package io.dagshell.store.orchestration;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run in a list.
 *
 * @param deployment empty for one nobody planned
 * @param title what it called itself; before it began, its deployment's name
 * @param source where it was written, once it began
 * @param at due instant, or start of one nobody planned
 * @param message why it waits, or how it ended
 * @param madeBy who planned it, or where it was started: {@code schedule}, {@code notebook}, …
 */
public record ListedRun(
        RunId id,
        TaskName flow,
        Optional<DeploymentName> deployment,
        String title,
        String source,
        State state,
        Instant at,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        String parametersJson,
        Optional<String> message,
        String madeBy) {

    /** Where it was started; {@code deployed} for one that was planned. */
    public String origin() {
        return deployment.isPresent() ? "deployed" : madeBy;
    }

    boolean says(String lowerCase) {
        String name = deployment.map(DeploymentName::value).orElse("");
        return Stream.of(id.toString(), flow.value(), name, title, source, origin(), parametersJson, message.orElse(""))
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(lowerCase));
    }

    /** Where a page begins that goes on behind it. */
    public RunQuery.Place place() {
        return new RunQuery.Place(at, id);
    }
}
