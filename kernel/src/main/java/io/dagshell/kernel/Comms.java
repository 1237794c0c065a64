package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Request;

/** Comms: no target is offered yet, so one that a client opens is closed again, and messages to it are ignored. */
final class Comms {

    private Comms() {}

    static void answer(Exchange exchange, Request.InTurn request) {
        if (request instanceof Request.CommOpen open) {
            ObjectNode content = Json.object().put("comm_id", open.id());
            content.putObject("data");
            exchange.publish("comm_close", content);
        }
    }
}
