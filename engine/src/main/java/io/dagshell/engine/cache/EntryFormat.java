package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.value.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Action records as bytes: a line with the SHA-256 of the rest, then EntryJson.JSON. Reading checks it all. */
final class EntryFormat {
    private static final String MAGIC = "dagshell-result 1 ";
    private static final int HEADER = MAGIC.length() + 64 + 1;

    private EntryFormat() {}

    static byte[] write(Entry entry) throws IOException {
        byte[] body = EntryJson.JSON.bytes(body(entry));
        String header = MAGIC + Digest.of(Digest.sha256().digest(body)) + "\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER + body.length);
        bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** @throws IOException the bytes are not what was written, or an entry of another key */
    static Entry read(byte[] bytes, String key) throws IOException {
        String header = new String(bytes, 0, Math.min(HEADER, bytes.length), StandardCharsets.US_ASCII);
        byte[] body = Arrays.copyOfRange(bytes, header.length(), bytes.length);
        if (!header.equals(MAGIC + Digest.of(Digest.sha256().digest(body)) + "\n")) {
            throw new IOException("its record is damaged");
        }
        Entry entry = entry(EntryJson.JSON.read(new ByteArrayInputStream(body)));
        if (!entry.key().hex().equals(key)) {
            throw new IOException("its record belongs to another key");
        }
        return entry;
    }

    private static ObjectNode body(Entry entry) {
        ObjectNode body = EntryJson.JSON.object();
        body.put("task", entry.task());
        body.put("notebook", entry.notebook());
        body.put("storedAt", entry.storedAt().toString());
        body.put("took", entry.took().toString());
        ArrayNode parts = body.putArray("parts");
        for (KeyPart part : entry.key().parts()) {
            ObjectNode node = parts.addObject();
            node.put("kind", part.kind()).put("name", part.name()).put("digest", part.digest());
            part.shown().ifPresent(shown -> node.put("shown", EntryContent.escaped(shown)));
            part.cell().ifPresent(cell -> node.put("cell", cell));
        }
        ArrayNode blobs = body.putArray("blobs");
        entry.blobs().forEach(blob -> blobs.add(blob.hex()));
        ArrayNode notes = body.putArray("notes");
        entry.notes().forEach(notes::add);
        ArrayNode connections = body.putArray("connections");
        entry.connections().forEach(connections::add);
        body.set("content", entry.content());
        return body;
    }

    private static Entry entry(JsonNode body) throws IOException {
        List<KeyPart> parts = new ArrayList<>();
        for (JsonNode part : field(body, "parts")) {
            parts.add(new KeyPart(
                    text(part, "kind"),
                    text(part, "name"),
                    text(part, "digest"),
                    Optional.ofNullable(part.get("shown")).map(JsonNode::asText),
                    part.has("cell") ? OptionalInt.of(part.get("cell").asInt()) : OptionalInt.empty()));
        }
        List<Digest> blobs = new ArrayList<>();
        field(body, "blobs").forEach(blob -> blobs.add(new Digest(blob.asText())));
        List<String> notes = new ArrayList<>();
        field(body, "notes").forEach(note -> notes.add(note.asText()));
        List<String> connections = new ArrayList<>();
        body.path("connections").forEach(name -> connections.add(name.asText()));
        return new Entry(
                CacheKey.of(parts),
                text(body, "task"),
                text(body, "notebook"),
                Instant.parse(text(body, "storedAt")),
                Duration.parse(text(body, "took")),
                blobs,
                field(body, "content"),
                notes,
                connections);
    }

    private static String text(JsonNode body, String name) throws IOException {
        return field(body, name).asText();
    }

    private static JsonNode field(JsonNode body, String name) throws IOException {
        @Nullable JsonNode field = body.get(name);
        if (field == null) {
            throw new IOException("its record lacks '" + name + "'");
        }
        return field;
    }
}
