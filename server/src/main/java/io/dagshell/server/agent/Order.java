package io.dagshell.server.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A run to be made, as the server told it and as {@code order.json} keeps it; blocks are never written down.
 *
 * @param jdk feature release it needs
 * @param kept what {@code order.json} holds
 * @param blocks settings by name, for the process's standard input
 */
record Order(RunId run, String deployment, String version, int jdk, ObjectNode kept, JsonNode blocks) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String FILE = "order.json";
    private static final String FOLDER = "working_directory";
    private static final String MEMORY = "memory";

    static Order of(JsonNode told, String agent) {
        ObjectNode kept = JSON.createObjectNode();
        for (String name : new String[] {
            "run",
            "deployment",
            "version",
            "jdk",
            "due",
            "parameters",
            "resumes",
            "from",
            "place",
            "start",
            "tries",
            "answers",
            FOLDER,
            MEMORY
        }) {
            if (told.hasNonNull(name)) {
                kept.set(name, told.get(name));
            }
        }
        kept.put("agent", agent);
        return of(kept, told.path("blocks"));
    }

    private static Order of(ObjectNode kept, JsonNode blocks) {
        return new Order(
                RunId.parse(kept.path("run").asText()),
                kept.path("deployment").asText(),
                kept.path("version").asText(),
                kept.path("jdk").asInt(),
                kept,
                blocks.isObject() ? blocks : JSON.createObjectNode());
    }

    /** The order that lies in {@code folder}, of an agent that was here before. */
    static Order read(Path folder) throws IOException {
        return of((ObjectNode) JSON.readTree(Files.readAllBytes(folder.resolve(FILE))), JSON.createObjectNode());
    }

    /** Where its process works, if that is here. */
    Optional<Path> folder() {
        return Optional.ofNullable(kept.get(FOLDER))
                .map(JsonNode::asText)
                .map(Path::of)
                .filter(Files::isDirectory);
    }

    /** Its process's greatest heap, if the deployment says one. */
    Optional<String> memory() {
        return Optional.ofNullable(kept.get(MEMORY)).map(JsonNode::asText);
    }

    /** Place of the first event its process tells: an earlier process of the run may have told some. */
    long firstPlace() {
        return kept.path("place").asLong(0);
    }

    /** Number of its process among those begun for the run, from 1; 0 if the server does not count. */
    int start() {
        return kept.path("start").asInt(0);
    }

    String agent() {
        return kept.path("agent").asText();
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve("order.part");
        Files.write(part, JSON.writeValueAsBytes(kept));
        Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
