package io.dagshell.kernel.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.protocol.Draft;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request and the way back. It travels with the work, so an answer never depends on what else the kernel does: replies
 * leave on the socket the request came from, and what is published names it as its parent. Thread-safe.
 *
 * @param channel it came on
 */
public record Exchange(Channels channels, Channel channel, Message request) {

    /** {@code execute_reply} for an {@code execute_request}. */
    public void reply(ObjectNode content) {
        reply(content, Json.object());
    }

    public void reply(ObjectNode content, ObjectNode metadata) {
        channels.send(
                channel, new Draft(request.identities(), replyType(), request.header(), metadata, content, List.of()));
    }

    private String replyType() {
        return request.type().replaceFirst("_request$", "_reply");
    }

    /** Sends to everybody who listens. */
    public void publish(String type, ObjectNode content) {
        List<byte[]> topic = List.of(type.getBytes(StandardCharsets.US_ASCII));
        channels.send(Channel.IOPUB, new Draft(topic, type, request.header(), Json.object(), content, List.of()));
    }

    /** Asks the client who sent the request for input. */
    public void ask(ObjectNode content) {
        channels.send(
                Channel.STDIN,
                new Draft(request.identities(), "input_request", request.header(), Json.object(), content, List.of()));
    }

    /** Says that the kernel works on this request. */
    public void busy() {
        publish("status", Json.object().put("execution_state", "busy"));
    }

    /** Says that the kernel is done with this request. */
    public void idle() {
        publish("status", Json.object().put("execution_state", "idle"));
    }
}
