package io.dagshell.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.home.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code server.json} in the home folder: how commands, agents and kernels of this machine find the server. Readable by
 * its owner only.
 *
 * @param url of the server that runs or ran last
 * @param token which lets in; made at the first start and kept
 * @param certificate PEM file of what the server proves itself with, which is known here without an authority; empty
 *     without TLS
 */
public record ServerFile(URI url, String token, Optional<Path> certificate) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOKEN_BYTES = 24;

    /** What the file says; empty if no server was ever started here. */
    public static Optional<ServerFile> read(Home home) throws IOException {
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file(home)));
            return Optional.of(new ServerFile(
                    URI.create(node.path("url").asText()),
                    node.path("token").asText(),
                    Optional.of(node.path("certificate").asText())
                            .filter(named -> !named.isEmpty())
                            .map(Path::of)));
        } catch (NoSuchFileException never) {
            return Optional.empty();
        }
    }

    /** The token of this home, made if there is none. */
    static String token(Home home) throws IOException {
        Optional<ServerFile> earlier = read(home);
        return earlier.isPresent() && !earlier.get().token().isEmpty()
                ? earlier.get().token()
                : newToken();
    }

    /** Has servers of this home let those in who show {@code token}, from their next start on. */
    public static void keepToken(Home home, String token) throws IOException {
        Optional<ServerFile> there = read(home);
        URI url = there.map(ServerFile::url).orElse(URI.create("http://127.0.0.1:" + ServerSettings.PORT));
        new ServerFile(url, token, there.flatMap(ServerFile::certificate)).write(home);
    }

    void write(Home home) throws IOException {
        Files.createDirectories(home.data());
        Path whole = file(home);
        Path part = Files.createTempFile(home.data(), "server", ".json");
        if (Files.getFileStore(part).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        }
        ObjectNode content = JSON.createObjectNode().put("url", url.toString()).put("token", token);
        certificate.ifPresent(named -> content.put("certificate", named.toString()));
        Files.write(part, JSON.writeValueAsBytes(content));
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static Path file(Home home) {
        return home.data().resolve("server.json");
    }

    @Override
    public String toString() {
        return "ServerFile[" + url + "]";
    }
}
