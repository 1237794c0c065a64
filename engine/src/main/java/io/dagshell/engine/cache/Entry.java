package io.dagshell.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.value.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A stored result: the action record.
 *
 * @param task name of the task
 * @param notebook file name of its notebook
 * @param blobs every blob the value needs
 * @param content of {@link EntryContent}
 * @param notes what a run says about a hit ({@code source not checked})
 * @param connections blocks the task asks for that are no part of the key
 */
record Entry(
        CacheKey key,
        String task,
        String notebook,
        Instant storedAt,
        Duration took,
        List<Digest> blobs,
        JsonNode content,
        List<String> notes,
        List<String> connections) {

    Entry {
        blobs = List.copyOf(blobs);
        notes = List.copyOf(notes);
        connections = List.copyOf(connections);
    }
}
