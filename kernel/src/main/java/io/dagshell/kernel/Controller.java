package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.protocol.Request;
import io.dagshell.kernel.session.CellInterrupt;
import java.util.Optional;

/** Acts on the kernel itself, on a thread of its own so that no cell can keep it from being stopped. */
final class Controller {
    private final CellQueue cells;
    private final Activity activity;
    private final Runnable end;
    private final Worker worker = new Worker("control");

    Controller(CellQueue cells, Activity activity, Runnable end) {
        this.cells = cells;
        this.activity = activity;
        this.end = end;
    }

    /** Called as requests come: an interrupt is meant for what runs now, not for what runs when its turn comes. */
    void add(Exchange exchange, Request.Control request) {
        Optional<CellInterrupt> running =
                request instanceof Request.Interrupt ? cells.interruptBy(exchange) : Optional.empty();
        worker.add(() -> activity.aside(exchange, () -> {
            running.ifPresent(CellInterrupt::interrupt);
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
            exchange.reply(Json.object().put("status", "error").put("evalue", "this kernel has no subshells"));
        }
    }
}
