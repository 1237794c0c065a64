package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The last consultation of each task of each notebook that was no hit, one file each. For people only: written without
 * waiting for the disk, and what cannot be written or read is not there.
 */
final class Consultations {
    private final Path folder;
    private final Path temporary;

    Consultations(Path folder) {
        this.folder = folder.resolve("consulted");
        this.temporary = folder.resolve("tmp");
    }

    void remember(Consultation consultation) {
        try {
            AtomicFiles.makeFolder(folder.resolve(consultation.task()));
            AtomicFiles.makeFolder(temporary);
            write(consultation, temporary.resolve(UUID.randomUUID().toString()));
        } catch (IOException readOnlyOrFull) {
            System.getLogger(Consultations.class.getName())
                    .log(System.Logger.Level.DEBUG, "a consultation leaves no mark", readOnlyOrFull);
        }
    }

    private void write(Consultation consultation, Path draft) throws IOException {
        try {
            Files.write(draft, EntryJson.JSON.bytes(json(consultation)));
            Path target = place(consultation.task(), consultation.notebook());
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Of the task in that notebook, or in any; the latest. */
    Optional<Consultation> last(String task, Optional<String> notebook) {
        List<Consultation> found = new ArrayList<>();
        try {
            for (FileListing.Item file : FileListing.below(folder.resolve(task), Integer.MAX_VALUE)) {
                read(file.path()).ifPresent(found::add);
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return found.stream()
                .filter(each -> notebook.isEmpty() || each.notebook().equals(notebook.get()))
                .reduce((one, other) -> other.at().isAfter(one.at()) ? other : one);
    }

    private Path place(String task, String notebook) {
        byte[] name = Digest.sha256().digest(notebook.getBytes(StandardCharsets.UTF_8));
        return folder.resolve(task).resolve(Digest.of(name).hex().substring(0, 16) + ".json");
    }

    private static ObjectNode json(Consultation consultation) {
        ObjectNode json = EntryJson.JSON.object();
        json.put("task", consultation.task()).put("notebook", consultation.notebook());
        json.put("at", consultation.at().toString());
        json.put("outcome", consultation.outcome()).put("reason", consultation.reason());
        consultation.comparedWith().ifPresent(stored -> json.put("comparedWith", stored.toString()));
        add(json.putArray("changes"), consultation.changes());
        add(json.putArray("parts"), consultation.parts());
        add(json.putArray("connections"), consultation.connections());
        return json;
    }

    private static void add(ArrayNode array, List<String> texts) {
        texts.forEach(text -> array.add(EntryContent.escaped(text)));
    }

    private static Optional<Consultation> read(Path file) {
        try {
            JsonNode json = EntryJson.JSON.read(Files.readAllBytes(file));
            return Optional.of(new Consultation(
                    json.path("task").asText(),
                    json.path("notebook").asText(),
                    Instant.parse(json.path("at").asText()),
                    json.path("outcome").asText(),
                    json.path("reason").asText(),
                    Optional.ofNullable(json.get("comparedWith")).map(text -> Instant.parse(text.asText())),
                    texts(json.path("changes")),
                    texts(json.path("parts")),
                    texts(json.path("connections"))));
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
