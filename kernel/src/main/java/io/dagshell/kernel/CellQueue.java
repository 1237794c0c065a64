package io.dagshell.kernel;

import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Request;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/** Cells and comm messages, one after the other in the order they came. Opens the session before the first. */
final class CellQueue {
    private static final System.Logger LOG = System.getLogger(CellQueue.class.getName());

    private final SessionSlot slot;
    private final Activity activity;
    private final Cells cells;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

    private record Waiting(Exchange exchange, Request.InTurn request) {}

    CellQueue(SessionSlot slot, Activity activity, Cells cells) {
        this.slot = slot;
        this.activity = activity;
        this.cells = cells;
    }

    void start() {
        Thread thread = new Thread(this::work, "cells");
        thread.setDaemon(true);
        thread.start();
    }

    void add(Exchange exchange, Request.InTurn request) {
        queue.add(new Waiting(exchange, request));
    }

    private void work() {
        slot.open();
        while (true) {
            try {
                take(queue.take());
            } catch (InterruptedException nobodyShould) {
                LOG.log(Level.DEBUG, "interrupted between two cells", nobodyShould);
            } catch (RuntimeException | Error atTheEdge) {
                LOG.log(Level.ERROR, "a cell got no answer", atTheEdge);
            }
        }
    }

    private void take(Waiting next) {
        if (next.request() instanceof Request.Execute execute) {
            boolean ok = inTurn(next.exchange(), () -> cells.execute(next.exchange(), execute));
            if (!ok && execute.stopOnError()) {
                abortWaiting();
            }
        } else {
            inTurn(next.exchange(), () -> Comms.answer(next.exchange(), next.request()));
        }
    }

    private boolean inTurn(Exchange exchange, BooleanSupplier work) {
        activity.cellBegins(exchange);
        try {
            return work.getAsBoolean();
        } finally {
            activity.cellEnds(exchange);
        }
    }

    /** Gives up the cells that waited for the one that failed; comm messages stay. */
    private void abortWaiting() {
        List<Waiting> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        for (Waiting each : waiting) {
            if (each.request() instanceof Request.Execute) {
                inTurn(each.exchange(), () -> cells.abort(each.exchange()));
            } else {
                take(each);
            }
        }
    }
}
