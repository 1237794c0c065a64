package io.dagshell.kernel;

import io.dagshell.kernel.channel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel tells about being busy. Front ends show the last status they saw, whatever request it was for: so
 * after the idle of a request that was answered while a cell runs, the cell's busy is said again. Guarded by itself.
 */
final class Activity {
    private @Nullable Exchange cell;

    synchronized void cellBegins(Exchange exchange) {
        cell = exchange;
        exchange.busy();
    }

    synchronized void cellEnds(Exchange exchange) {
        cell = null;
        exchange.idle();
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
        exchange.idle();
        if (cell != null) {
            cell.busy();
        }
    }
}
