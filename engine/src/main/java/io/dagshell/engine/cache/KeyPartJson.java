package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dagshell.engine.model.KeyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Parts of a key as JSON: {@code [["argument", "month", "ab…", "2"], …]}. */
final class KeyPartJson {
    private KeyPartJson() {}

    static ArrayNode write(List<KeyPart> parts) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (KeyPart part : parts) {
            ArrayNode one = all.addArray().add(part.kind()).add(part.name()).add(part.digest());
            part.shown().ifPresent(shown -> one.add(EntryContent.escaped(shown)));
        }
        return all;
    }

    static List<KeyPart> read(JsonNode all) {
        List<KeyPart> parts = new ArrayList<>();
        for (JsonNode one : all) {
            Optional<String> shown = one.has(3) ? Optional.of(one.get(3).asText()) : Optional.empty();
            parts.add(new KeyPart(
                    one.path(0).asText(), one.path(1).asText(), one.path(2).asText(), shown, OptionalInt.empty()));
        }
        return List.copyOf(parts);
    }
}
