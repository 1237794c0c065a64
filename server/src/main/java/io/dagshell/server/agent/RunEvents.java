package io.dagshell.server.agent;

import io.dagshell.engine.event.EventJson;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.model.RunId;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The events of one run on their way from its outbox to the server. An event's place is its number, counted from 0; the
 * server answers which it wants next. Used by the run's own thread.
 */
final class RunEvents implements Closeable {

    private final RunId run;
    private final OutboxReader outbox;
    private final ServerCalls server;
    private final RunTelling telling;
    private final long first;
    private long told;
    private Optional<RunFinished> end = Optional.empty();
    private boolean outOfHeap;
    private Optional<String> refused = Optional.empty();

    /** @param first place of the first event in the outbox: earlier processes of the run told those before */
    RunEvents(RunId run, long first, OutboxReader outbox, ServerCalls server, RunTelling telling) {
        this.run = run;
        this.first = first;
        this.outbox = outbox;
        this.server = server;
        this.telling = telling;
    }

    /** How many were told. */
    long told() {
        return told;
    }

    /** The run's end, if it is among what was told. */
    Optional<RunFinished> end() {
        return end;
    }

    /** Whether a task of it failed for want of heap. */
    boolean isOutOfHeap() {
        return outOfHeap;
    }

    /** Why the server does not take what the run tells; nothing more is told then. */
    Optional<String> refused() {
        return refused;
    }

    /** Passes over what an earlier agent told already. */
    void skipTold() throws IOException, InterruptedException {
        long[] wanted = {0};
        telling.tell(() -> wanted[0] = server.events(run, first, List.of()) - first);
        while (told < wanted[0]) {
            List<String> batch = outbox.next();
            if (batch.isEmpty()) {
                return;
            }
            int known = (int) Math.min(batch.size(), wanted[0] - told);
            batch.subList(0, known).forEach(this::note);
            told += known;
            if (known < batch.size()) {
                send(batch.subList(known, batch.size()));
                return;
            }
        }
    }

    /** Tells the next ones; false if there are none now. */
    boolean forward() throws IOException, InterruptedException {
        List<String> batch = outbox.next();
        if (!batch.isEmpty()) {
            send(batch);
        }
        return !batch.isEmpty();
    }

    private void send(List<String> batch) throws IOException, InterruptedException {
        if (refused.isPresent()) {
            return;
        }
        long after = told + batch.size();
        long[] wanted = {after};
        refused = telling.tell(() -> wanted[0] = Math.max(0, server.events(run, first + told, batch) - first));
        told = after;
        batch.forEach(this::note);
        if (wanted[0] < told) {
            System.getLogger(RunEvents.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "run " + run + ": the server's database lost events it had; they are told again");
            outbox.rewind(wanted[0]);
            told = wanted[0];
        }
    }

    /** Whether the server still has all it was told: its database may have crashed, or been restored, since. */
    private boolean isAllKept() throws IOException, InterruptedException {
        long before = told;
        send(List.of());
        return told == before;
    }

    /** Tells again what the server has no more, until it has all or nobody wants to know. */
    void tellLost() throws IOException, InterruptedException {
        while (telling.goesOn() && refused.isEmpty() && !isAllKept()) {
            while (telling.goesOn() && refused.isEmpty() && forward()) {
                // The next ones.
            }
        }
    }

    private void note(String json) {
        outOfHeap |= json.contains("\"TaskFailed\"") && OutOfHeap.isIn(json);
        if (json.contains("\"RunFinished\"") && EventJson.read(json) instanceof RunFinished finished) {
            end = Optional.of(finished);
        }
    }

    @Override
    public void close() throws IOException {
        outbox.close();
    }
}
