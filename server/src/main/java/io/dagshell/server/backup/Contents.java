package io.dagshell.server.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a backup says of itself, its {@code manifest.json}.
 *
 * @param made when
 * @param schema version of the database's tables
 * @param database what kind it was read from, for people
 * @param key which key opens its blocks (the first digits of its SHA-256); empty without blocks
 * @param rows of each table
 * @param parts SHA-256 of each part of the file, hexadecimal
 */
public record Contents(
        Instant made,
        int schema,
        String database,
        String key,
        Map<String, Long> rows,
        SortedMap<String, String> parts) {
    /** The form of the file as a whole. */
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Contents {
        rows = Map.copyOf(rows);
        parts = new TreeMap<>(parts);
    }

    /** All rows of all tables. */
    public long allRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many libraries are in it. */
    public long libraries() {
        return parts.keySet().stream()
                .filter(name -> name.startsWith(BackupFile.LIBRARIES))
                .count();
    }

    /** Whether it has the file of blocks. */
    public boolean hasBlocks() {
        return parts.containsKey(BackupFile.BLOCKS);
    }

    byte[] json() throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("made", made.toString())
                .put("schema", schema)
                .put("database", database)
                .put("key", key);
        new TreeMap<>(rows).forEach(json.putObject("rows")::put);
        parts.forEach(json.putObject("parts")::put);
        return JSON.writeValueAsBytes(json);
    }

    static Contents read(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        int format = json.path("format").asInt();
        if (format != FORMAT) {
            throw new BackupException(
                    "it is a backup of form " + format + ", and this DagShell knows form " + FORMAT + " only");
        }
        Map<String, Long> rows = new LinkedHashMap<>();
        json.path("rows")
                .properties()
                .forEach(each -> rows.put(each.getKey(), each.getValue().asLong()));
        SortedMap<String, String> parts = new TreeMap<>();
        json.path("parts")
                .properties()
                .forEach(each -> parts.put(each.getKey(), each.getValue().asText()));
        return new Contents(
                Instant.parse(json.path("made").asText()),
                json.path("schema").asInt(),
                json.path("database").asText(),
                json.path("key").asText(),
                rows,
                parts);
    }
}
