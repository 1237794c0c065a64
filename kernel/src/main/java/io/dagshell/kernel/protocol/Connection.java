package io.dagshell.kernel.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The connection file a kernel is started with.
 *
 * @param transport {@code tcp} or {@code ipc}
 * @param ip address, or the beginning of a path for {@code ipc}
 * @param signatureScheme {@code hmac-sha256}
 * @param key of the signatures; empty for none
 */
public record Connection(String transport, String ip, Ports ports, String signatureScheme, String key) {

    /** One port per channel. */
    public record Ports(int shell, int control, int stdin, int iopub, int heartbeat) {}

    /**
     * Reads a connection file.
     *
     * @throws IOException it cannot be read or lacks a port
     */
    public static Connection read(Path file) throws IOException {
        JsonNode json = Json.read(Files.readString(file));
        Ports ports = new Ports(
                port(json, "shell_port"),
                port(json, "control_port"),
                port(json, "stdin_port"),
                port(json, "iopub_port"),
                port(json, "hb_port"));
        return new Connection(
                json.path("transport").asText("tcp"),
                json.path("ip").asText("127.0.0.1"),
                ports,
                json.path("signature_scheme").asText("hmac-sha256"),
                json.path("key").asText(""));
    }

    private static int port(JsonNode json, String name) throws IOException {
        int port = json.path(name).asInt(0);
        if (port <= 0) {
            throw new IOException("The connection file names no " + name + ".");
        }
        return port;
    }

    /** What a socket binds to. */
    public String address(int port) {
        return transport + "://" + ip + (transport.equals("ipc") ? "-" : ":") + port;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Connection[" + transport + "://" + ip + ", " + ports + "]";
    }
}
