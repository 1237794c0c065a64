package io.dagshell.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.approval.Approvals;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.ServedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run as an agent ordered it: {@code order.json} in a folder where the events go too.
 *
 * @param folder holds {@code order.json}, and the outbox of the run
 * @param run its id, which the server knows
 * @param due what {@code scheduledTime()} says
 * @param parametersJson JSON object of all parameters
 * @param resumes the run whose finished tasks are not repeated; the run itself, if an earlier process began it
 * @param served what the server knows of it; empty for one that does not tell, whose runs are tried again in one process
 * @param approvals answers that people gave
 * @param from the task that is computed anew with all that follows, though the resumed run finished it
 */
public record RunOrder(
        Path folder,
        RunId run,
        Instant due,
        String parametersJson,
        Optional<RunId> resumes,
        Optional<ServedRun> served,
        Approvals approvals,
        Optional<TaskName> from) {
    /** Name of the file. */
    public static final String FILE = "order.json";

    /**
     * Reads the order in {@code folder}.
     *
     * @throws BadInput there is none, or it is no order
     */
    static RunOrder read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new BadInput("There is no order in " + folder + ".");
        }
        try {
            JsonNode order = JsonTree.PLAIN.read(Files.readAllBytes(file));
            RunId run = RunId.parse(order.path("run").asText());
            Optional<ServedRun> served = served(order);
            boolean goesOn = served.filter(known -> known.nextOrdinal() > 0).isPresent();
            Optional<RunId> resumes = order.hasNonNull("resumes")
                    ? Optional.of(RunId.parse(order.path("resumes").asText()))
                    : Optional.empty();
            return new RunOrder(
                    folder,
                    run,
                    Instant.parse(order.path("due").asText()),
                    JsonTree.PLAIN.text(order.path("parameters")),
                    goesOn ? Optional.of(run) : resumes,
                    served,
                    OrderedApprovals.of(order.path("answers")),
                    Optional.ofNullable(order.get("from")).map(JsonNode::asText).map(TaskName::new));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException wrong) {
            throw new BadInput(file + " is no order of a run.", wrong);
        }
    }

    private static Optional<ServedRun> served(JsonNode order) {
        JsonNode tries = order.path("tries");
        if (!tries.isObject()) {
            return Optional.empty();
        }
        Set<String> when = new HashSet<>();
        tries.path("when").forEach(end -> when.add(end.asText()));
        Map<CallPath, Integer> calls = new HashMap<>();
        Set<CallPath> finished = new HashSet<>();
        for (JsonNode each : tries.path("calls")) {
            CallPath path = new CallPath(each.path("path").asText());
            calls.put(path, each.path("ordinal").asInt());
            if (each.path("finished").asBoolean()) {
                finished.add(path);
            }
        }
        return Optional.of(new ServedRun(
                tries.path("attempt").asInt(1),
                tries.path("left").asInt(),
                when,
                calls,
                finished,
                tries.path("nextOrdinal").asInt()));
    }
}
