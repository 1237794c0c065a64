package io.dagshell.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.json.JsonTree;
import io.dagshell.engine.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as an agent ordered it: {@code order.json} in a folder where the events go too.
 *
 * @param folder holds {@code order.json}, and the outbox of the run
 * @param run its id, which the server knows
 * @param due what {@code scheduledTime()} says
 * @param parametersJson JSON object of all parameters
 * @param resumes the run whose finished tasks are not repeated
 */
public record RunOrder(Path folder, RunId run, Instant due, String parametersJson, Optional<RunId> resumes) {
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
            return new RunOrder(
                    folder,
                    RunId.parse(order.path("run").asText()),
                    Instant.parse(order.path("due").asText()),
                    JsonTree.PLAIN.text(order.path("parameters")),
                    order.hasNonNull("resumes")
                            ? Optional.of(RunId.parse(order.path("resumes").asText()))
                            : Optional.empty());
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException wrong) {
            throw new BadInput(file + " is no order of a run.", wrong);
        }
    }
}
