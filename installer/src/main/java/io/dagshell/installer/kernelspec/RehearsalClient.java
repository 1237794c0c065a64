package io.dagshell.installer.kernelspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The front end's side of the protocol, as much of it as a rehearsal needs: a request, and its reply. Not thread-safe.
 *
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html">Messaging in Jupyter</a>
 */
final class RehearsalClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELIMITER = "<IDS|MSG>";

    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket output;
    private final String key;
    private final String session = UUID.randomUUID().toString();

    RehearsalClient(JsonNode connection, int patienceMillis) {
        this.key = connection.path("key").asText();
        this.shell = connect(SocketType.DEALER, connection, "shell_port", patienceMillis);
        this.control = connect(SocketType.DEALER, connection, "control_port", patienceMillis);
        this.output = connect(SocketType.SUB, connection, "iopub_port", patienceMillis);
        output.subscribe(ZMQ.SUBSCRIPTION_ALL);
    }

    /** Sends on the shell channel and waits for the reply; its content. */
    JsonNode ask(String type, ObjectNode content) throws IOException {
        return exchange(shell, type, content);
    }

    /** The same on the control channel. */
    JsonNode control(String type, ObjectNode content) throws IOException {
        return exchange(control, type, content);
    }

    /** Runs a cell; its status, {@code ok} or {@code error}. */
    String execute(String code) throws IOException {
        ObjectNode content = object();
        content.put("code", code)
                .put("silent", false)
                .put("store_history", true)
                .put("allow_stdin", false);
        content.putObject("user_expressions");
        String status = ask("execute_request", content).path("status").asText();
        drain();
        return status;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private JsonNode exchange(ZMQ.Socket socket, String type, ObjectNode content) throws IOException {
        ObjectNode header = object();
        header.put("msg_id", UUID.randomUUID().toString())
                .put("session", session)
                .put("username", "dagshell")
                .put("date", java.time.Instant.now().toString())
                .put("msg_type", type)
                .put("version", "5.3");
        List<byte[]> parts =
                List.of(JSON.writeValueAsBytes(header), bytes("{}"), bytes("{}"), JSON.writeValueAsBytes(content));
        socket.sendMore(DELIMITER);
        socket.sendMore(signature(parts));
        for (int i = 0; i < parts.size(); i++) {
            socket.send(parts.get(i), i < parts.size() - 1 ? ZMQ.SNDMORE : 0);
        }
        return reply(socket, type);
    }

    private static JsonNode reply(ZMQ.Socket socket, String type) throws IOException {
        String frame = socket.recvStr();
        while (frame != null && !frame.equals(DELIMITER)) {
            frame = socket.recvStr();
        }
        if (frame == null) {
            throw new IOException("no reply to " + type);
        }
        socket.recv();
        socket.recv();
        socket.recv();
        socket.recv();
        JsonNode content = JSON.readTree(socket.recv());
        while (socket.hasReceiveMore()) {
            socket.recv();
        }
        return content;
    }

    /** Takes what was published, so that the kernel's side of it is rehearsed too. */
    private void drain() {
        byte[] frame = output.recv(ZMQ.DONTWAIT);
        while (frame != null) {
            frame = output.recv(ZMQ.DONTWAIT);
        }
    }

    private String signature(List<byte[]> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    private ZMQ.Socket connect(SocketType type, JsonNode connection, String port, int patienceMillis) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setLinger(0);
        socket.setReceiveTimeOut(patienceMillis);
        socket.connect("tcp://" + connection.path("ip").asText() + ":"
                + connection.path(port).asInt());
        return socket;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
    }
}
