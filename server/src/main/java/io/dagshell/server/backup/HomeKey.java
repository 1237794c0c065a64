package io.dagshell.server.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.home.Home;
import io.dagshell.server.ServerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * What opens a home: the key of its blocks and the token that lets in. In a file of its own, readable by its owner only,
 * so that a backup can lie where its key does not.
 *
 * @param blocks the key of the file of blocks; empty if there are no blocks
 * @param token of the server; empty if none was ever started
 */
record HomeKey(Optional<byte[]> blocks, Optional<String> token) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 16;

    static HomeKey of(Home home) throws IOException {
        Path key = file(home);
        return new HomeKey(
                Files.exists(key) ? Optional.of(Files.readAllBytes(key)) : Optional.empty(),
                ServerFile.read(home).map(ServerFile::token).filter(token -> !token.isEmpty()));
    }

    /** The key beside a home's file of blocks. */
    static Path file(Home home) {
        return home.blocks().resolveSibling(home.blocks().getFileName() + ".key");
    }

    /** Enough of its SHA-256 to know it again; says nothing of the key. Empty without one. */
    String name() {
        return blocks.map(key -> BackupFile.digest(key).substring(0, SHOWN)).orElse("");
    }

    byte[] json() throws IOException {
        var json = JSON.createObjectNode();
        blocks.ifPresent(key -> json.put("blocks", Base64.getEncoder().encodeToString(key)));
        token.ifPresent(shown -> json.put("token", shown));
        return JSON.writeValueAsBytes(json);
    }

    static HomeKey read(Path file) throws IOException {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            return new HomeKey(
                    Optional.ofNullable(json.get("blocks"))
                            .map(JsonNode::asText)
                            .map(Base64.getDecoder()::decode),
                    Optional.ofNullable(json.get("token")).map(JsonNode::asText));
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException other) {
            throw new BackupException("The file " + file + " is no key of a backup.", other);
        }
    }

    @Override
    public String toString() {
        return "HomeKey[" + name() + "]";
    }
}
