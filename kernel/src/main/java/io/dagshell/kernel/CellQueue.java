package io.dagshell.kernel;

import io.dagshell.kernel.channel.Exchange;
import io.dagshell.kernel.protocol.Request;
import io.dagshell.kernel.session.CellInterrupt;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.JavaSession;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Cells and comm messages of one shell, one after the other in the order they came. */
final class CellQueue {
    /** A client that sends its first cell at once, as programs do, shall not wait for the first help of an editor. */
    private static final Duration NOBODY_ASKS = Duration.ofMillis(500);

    private final SessionSlot slot;
    private final Activity activity;
    private final Cells cells;
    private final WorkLine<Waiting> line = new WorkLine<>();
    private final Deque<Consumer<JavaSession>> warmLater = new ArrayDeque<>();

    private record Waiting(Exchange exchange, Request.InTurn request, CellInterrupt interrupt) {}

    CellQueue(SessionSlot slot, Activity activity, Cells cells) {
        this.slot = slot;
        this.activity = activity;
        this.cells = cells;
    }

    /** The main shell: opens the session before its first cell. */
    void startAndOpen() {
        start("cells", () -> {
            slot.open();
            if (line.isEmpty()) {
                warm(session -> session.execute(new CellRequest("", -1, "1 + 1"), new SilentOutput()));
            }
            warmLater.add(session -> session.rehearse("int twice(int x) { return 2 * x; }"));
            warmLater.add(session -> session.complete("Math.ab", 7));
            warmLater.add(session -> session.completeness("int f() {"));
        });
    }

    /** A subshell. */
    void start(String name) {
        start(name, () -> {});
    }

    private void start(String name, Runnable first) {
        Thread thread = new Thread(() -> work(first), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether it was taken: nothing is after the end. */
    boolean add(Exchange exchange, Request.InTurn request) {
        return line.add(new Waiting(exchange, request, new CellInterrupt()));
    }

    /** Gives up the cells that wait. One that runs goes on to its end. */
    void end() {
        line.close().forEach(this::giveUp);
    }

    /** What stops the cell that runs or comes next, for a request that just came. A cell sent later is not meant. */
    Optional<CellInterrupt> interruptBy(Exchange request) {
        return line.front()
                .filter(front ->
                        !request.request().wasSentBefore(front.exchange().request()))
                .map(Waiting::interrupt);
    }

    /** Steps for later are taken one by one, so that a cell waits for one at most. */
    private void work(Runnable first) {
        first.run();
        boolean goesOn = true;
        while (goesOn) {
            try {
                while (!warmLater.isEmpty() && line.staysEmpty(NOBODY_ASKS)) {
                    warm(warmLater.remove());
                }
                Optional<Waiting> next = line.next();
                next.ifPresent(this::take);
                goesOn = next.isPresent();
            } catch (InterruptedException nobodyShould) {
                System.getLogger(CellQueue.class.getName())
                        .log(Level.DEBUG, "interrupted between two cells", nobodyShould);
            } catch (RuntimeException | Error atTheEdge) {
                System.getLogger(CellQueue.class.getName()).log(Level.ERROR, "a cell got no answer", atTheEdge);
            }
        }
    }

    /** Does what leaves no trace before anybody asks for it. */
    private void warm(Consumer<JavaSession> step) {
        try {
            slot.now().ifPresent(step);
        } catch (RuntimeException | Error notYet) {
            System.getLogger(CellQueue.class.getName()).log(Level.DEBUG, "not warmed", notYet);
        }
    }

    private void take(Waiting next) {
        if (next.request() instanceof Request.Execute execute) {
            List<Waiting> givenUp = new ArrayList<>();
            inTurn(next.exchange(), () -> execute(next, execute, givenUp));
            givenUp.forEach(this::giveUp);
        } else {
            inTurn(next.exchange(), () -> Comms.answer(next.exchange(), next.request()));
        }
    }

    /**
     * Gives up the cells that wait when one fails. They are taken before the reply leaves: whoever has seen the failure
     * and sends another cell wants it to run.
     */
    private void execute(Waiting next, Request.Execute request, List<Waiting> givenUp) {
        Cells.Reply reply = cells.execute(next.exchange(), request, next.interrupt());
        if (!reply.isOk() && request.stopOnError()) {
            givenUp.addAll(line.drain());
        }
        reply.send(next.exchange());
    }

    private void giveUp(Waiting waiting) {
        if (waiting.request() instanceof Request.Execute) {
            inTurn(waiting.exchange(), () -> cells.aborted().send(waiting.exchange()));
        } else {
            take(waiting);
        }
    }

    private void inTurn(Exchange exchange, Runnable work) {
        activity.cellBegins(exchange);
        try {
            work.run();
        } finally {
            activity.cellEnds(exchange);
        }
    }
}
