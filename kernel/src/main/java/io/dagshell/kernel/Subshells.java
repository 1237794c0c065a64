package io.dagshell.kernel;

import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Request;
import io.dagshell.kernel.session.CellInterrupt;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The main shell and the subshells that clients made (JEP 91). Each runs its cells in order, beside those of the others;
 * one that fails gives up cells of its own shell only. All share the session. Guarded by itself.
 */
final class Subshells {

    private final Supplier<CellQueue> queues;
    private final CellQueue main;
    private final Map<String, CellQueue> byId = new LinkedHashMap<>();

    Subshells(Supplier<CellQueue> queues) {
        this.queues = queues;
        this.main = queues.get();
    }

    void start() {
        main.startAndOpen();
    }

    /** Gives a request to its shell; one to a shell that is not there is answered at once. */
    void add(Exchange exchange, Request.InTurn request, Activity activity) {
        CellQueue queue = queue(exchange.request().subshell());
        if (queue != null && queue.add(exchange, request)) {
            return;
        }
        String id = exchange.request().subshell().orElse("");
        System.getLogger(Subshells.class.getName()).log(Level.WARNING, "there is no subshell {0}", id);
        if (request instanceof Request.Execute) {
            activity.aside(exchange, () -> exchange.reply(ErrorContent.reply(missing(id))));
        }
    }

    private static IllegalArgumentException missing(String id) {
        return new IllegalArgumentException("there is no subshell " + id);
    }

    private synchronized @Nullable CellQueue queue(Optional<String> id) {
        return id.isEmpty() ? main : byId.get(id.get());
    }

    /** What stops the cells that run or come next in any shell, for a request that just came. */
    synchronized List<CellInterrupt> interruptsBy(Exchange request) {
        List<CellInterrupt> all = new ArrayList<>();
        main.interruptBy(request).ifPresent(all::add);
        byId.values().forEach(queue -> queue.interruptBy(request).ifPresent(all::add));
        return all;
    }

    /** Starts one; its id. */
    synchronized String create() {
        String id = UUID.randomUUID().toString();
        CellQueue queue = queues.get();
        byId.put(id, queue);
        queue.start("cells-" + id);
        return id;
    }

    /** Ends one when its cell has run; whether there was one of that id. */
    boolean delete(String id) {
        CellQueue queue;
        synchronized (this) {
            queue = byId.remove(id);
        }
        if (queue == null) {
            return false;
        }
        queue.end();
        return true;
    }

    synchronized List<String> ids() {
        return List.copyOf(byId.keySet());
    }
}
