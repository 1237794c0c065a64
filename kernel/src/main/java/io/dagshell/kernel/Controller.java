package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Request;
import io.dagshell.kernel.session.CellInterrupt;
import java.util.List;

/** Acts on the kernel itself, on a thread of its own so that no cell can keep it from being stopped. */
final class Controller {
    private final Subshells shells;
    private final Activity activity;
    private final Runnable end;
    private final Worker worker = new Worker("control");

    Controller(Subshells shells, Activity activity, Runnable end) {
        this.shells = shells;
        this.activity = activity;
        this.end = end;
    }

    /** Called as requests come: an interrupt is meant for what runs now, not for what runs when its turn comes. */
    void add(Exchange exchange, Request.Control request) {
        List<CellInterrupt> running = request instanceof Request.Interrupt ? shells.interruptsBy(exchange) : List.of();
        worker.add(() -> activity.aside(exchange, () -> {
            CellInterrupt.interrupt(running);
            answer(exchange, request);
        }));
    }

    private void answer(Exchange exchange, Request.Control request) {
        if (request instanceof Request.Interrupt) {
            exchange.reply(KernelFacts.ok());
        } else if (request instanceof Request.Usage) {
            exchange.reply(Usage.now());
        } else if (request instanceof Request.Shutdown shutdown) {
            ObjectNode content = KernelFacts.ok().put("restart", shutdown.restart());
            exchange.publish("shutdown_reply", content);
            exchange.reply(content);
            end.run();
        } else {
            exchange.reply(ofSubshells(request));
        }
    }

    private ObjectNode ofSubshells(Request.Control request) {
        ObjectNode content = KernelFacts.ok();
        if (request instanceof Request.CreateSubshell) {
            return content.put("subshell_id", shells.create());
        }
        if (request instanceof Request.DeleteSubshell delete) {
            return shells.delete(delete.id())
                    ? content
                    : Json.object().put("status", "error").put("evalue", "there is no subshell " + delete.id());
        }
        shells.ids().forEach(content.putArray("subshell_id")::add);
        return content;
    }
}
