package io.dagshell.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * A message as it came, its signature checked. The trees are not changed by anybody.
 *
 * @param identities of who sent it, as the router wants them back
 * @param header as it came: it goes into replies as their parent
 * @param buffers binary parts of comm messages
 */
public record Message(
        List<byte[]> identities,
        ObjectNode header,
        ObjectNode parent,
        ObjectNode metadata,
        ObjectNode content,
        List<byte[]> buffers) {
    public Message {
        identities = List.copyOf(identities);
        buffers = List.copyOf(buffers);
    }

    public String type() {
        return header.path("msg_type").asText();
    }

    public String id() {
        return header.path("msg_id").asText();
    }

    /**
     * Whether the same client sent this before the other, as far as it says so: what travels on different sockets may
     * arrive in another order.
     */
    public boolean wasSentBefore(Message other) {
        String client = header.path("session").asText();
        Optional<Instant> here = date();
        Optional<Instant> there = other.date();
        return !client.isEmpty()
                && client.equals(other.header.path("session").asText())
                && here.isPresent()
                && there.isPresent()
                && here.get().isBefore(there.get());
    }

    private Optional<Instant> date() {
        try {
            return Optional.of(
                    OffsetDateTime.parse(header.path("date").asText()).toInstant());
        } catch (DateTimeParseException unknown) {
            return Optional.empty();
        }
    }

    /** The subshell it is meant for; empty for the main one. */
    public Optional<String> subshell() {
        String id = header.path("subshell_id").asText("");
        return id.isEmpty() || header.path("subshell_id").isNull() ? Optional.empty() : Optional.of(id);
    }
}
