package io.dagshell.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages to frames and back: identities, delimiter, signature, header, parent, metadata, content, buffers.
 * Thread-safe.
 *
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#wire-protocol">The wire protocol</a>
 */
public final class Wire {
    public static final String PROTOCOL = "5.5";
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final int SIGNED_PARTS = 4;

    private final Signature signature;
    private final String session = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();

    public Wire(Signature signature) {
        this.signature = signature;
    }

    /** Reads a message. */
    public Message decode(List<byte[]> frames) throws BadMessage {
        int delimiter = delimiter(frames);
        int first = delimiter + 2;
        if (frames.size() < first + SIGNED_PARTS) {
            throw new BadMessage("only " + frames.size() + " frames");
        }
        List<byte[]> parts = frames.subList(first, first + SIGNED_PARTS);
        if (!signature.matches(frames.get(delimiter + 1), parts)) {
            throw new BadMessage("the signature does not match");
        }
        ObjectNode header = Json.readObject(parts.get(0), "the header");
        require(header, "msg_id");
        require(header, "msg_type");
        return new Message(
                frames.subList(0, delimiter),
                header,
                Json.readObject(parts.get(1), "the parent header"),
                Json.readObject(parts.get(2), "the metadata"),
                Json.readObject(parts.get(3), "the content"),
                frames.subList(first + SIGNED_PARTS, frames.size()));
    }

    private static int delimiter(List<byte[]> frames) throws BadMessage {
        for (int i = 0; i < frames.size(); i++) {
            if (Arrays.equals(frames.get(i), DELIMITER)) {
                return i;
            }
        }
        throw new BadMessage("no delimiter among " + frames.size() + " frames");
    }

    private static void require(ObjectNode header, String field) throws BadMessage {
        if (!header.path(field).isTextual()) {
            throw new BadMessage("the header has no " + field);
        }
    }

    /** Writes a message, with a header of its own. */
    public List<byte[]> encode(Draft draft) {
        List<byte[]> parts = List.of(
                Json.bytes(header(draft.type())),
                Json.bytes(draft.parent()),
                Json.bytes(draft.metadata()),
                Json.bytes(draft.content()));
        List<byte[]> frames = new ArrayList<>(draft.identities());
        frames.add(DELIMITER);
        frames.add(signature.sign(parts));
        frames.addAll(parts);
        frames.addAll(draft.buffers());
        return frames;
    }

    private ObjectNode header(String type) {
        return Json.object()
                .put("msg_id", session + "_" + count.incrementAndGet())
                .put("session", session)
                .put("username", "kernel")
                .put("date", Instant.now().toString())
                .put("msg_type", type)
                .put("version", PROTOCOL);
    }
}
