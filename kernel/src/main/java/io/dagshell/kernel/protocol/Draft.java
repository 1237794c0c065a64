package io.dagshell.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A message about to be sent.
 *
 * @param identities who gets it; on iopub the topic
 * @param parent header of the request it belongs to; an empty object for none
 */
public record Draft(
        List<byte[]> identities,
        String type,
        ObjectNode parent,
        ObjectNode metadata,
        ObjectNode content,
        List<byte[]> buffers) {
    public Draft {
        identities = List.copyOf(identities);
        buffers = List.copyOf(buffers);
    }
}
