package io.dagshell.kernel;

import io.dagshell.kernel.channel.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel tells about being busy. Front ends show the last status they saw, whatever request it was for: so
 * after the idle of a request that was answered or a subshell's cell that ended while a cell runs, that cell's busy is
 * said again. Guarded by itself.
 */
final class Activity {
    /** In the order they began, one for each shell at most. */
    private final List<Exchange> cells = new ArrayList<>();

    synchronized void cellBegins(Exchange exchange) {
        cells.add(exchange);
        exchange.busy();
    }

    synchronized void cellEnds(Exchange exchange) {
        cells.removeIf(each -> each == exchange);
        idle(exchange);
    }

    /** Answers a request that waits for no cell. */
    void aside(Exchange exchange, Runnable answer) {
        exchange.busy();
        try {
            answer.run();
        } finally {
            asideEnds(exchange);
        }
    }

    private synchronized void asideEnds(Exchange exchange) {
        idle(exchange);
    }

    private void idle(Exchange exchange) {
        exchange.idle();
        if (!cells.isEmpty()) {
            cells.get(cells.size() - 1).busy();
        }
    }
}
