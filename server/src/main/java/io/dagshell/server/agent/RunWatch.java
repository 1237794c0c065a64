package io.dagshell.server.agent;

import io.dagshell.engine.event.EventJson;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.server.client.ServerRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run from its claim to its end: its process, its events, its end told. Work is on the run's own thread; the
 * heartbeat's thread asks for its stop through the volatile fields.
 */
final class RunWatch implements Runnable {
    private static final System.Logger LOG = System.getLogger(RunWatch.class.getName());
    private static final long STEP_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int LONGEST_PAUSE_MILLIS = 5_000;

    /** An answer of the server that is older may be of a run that was given to another since: this machine slept. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Gets all that the process of a run needs; nothing begins yet. */
    interface Preparation {
        Start prepare(Order order) throws IOException;
    }

    /** Begins it. */
    interface Start {
        Process begin(Order order, OutboxFolder folder) throws IOException;
    }

    private final Order order;
    private final OutboxFolder folder;
    private final ServerCalls server;
    private final Preparation preparation;

    /** The agent goes and leaves the process to the next one. */
    private volatile boolean leaving;

    private volatile boolean cancelling;
    private volatile boolean lost;
    private @Nullable ProcessHandle process;

    /** The process as its parent has it, which another agent's is not. */
    private @Nullable Process own;

    private boolean adopted;
    private long told;
    private @Nullable RunFinished end;

    private RunWatch(Order order, OutboxFolder folder, ServerCalls server, Preparation preparation) {
        this.order = order;
        this.folder = folder;
        this.server = server;
        this.preparation = preparation;
    }

    /** A run that was just claimed. */
    static RunWatch claimed(Order order, OutboxFolder folder, ServerCalls server, Preparation preparation) {
        return new RunWatch(order, folder, server, preparation);
    }

    /** A run whose process an earlier agent began; {@code process} is empty if that is over. */
    static RunWatch adopted(Order order, OutboxFolder folder, ServerCalls server, Optional<ProcessHandle> process) {
        RunWatch watch = new RunWatch(order, folder, server, again -> {
            throw new IllegalStateException("a run is not begun twice");
        });
        watch.adopted = true;
        watch.process = process.orElse(null);
        return watch;
    }

    RunId id() {
        return order.run();
    }

    void cancel() {
        cancelling = true;
    }

    /** The run is another's now: stop, and tell nothing. */
    void lose() {
        lost = true;
    }

    /** The agent ends; the process goes on. */
    void leave() {
        leaving = true;
    }

    @Override
    public void run() {
        try {
            if (adopted || begin()) {
                follow();
            }
            if (!leaving) {
                folder.delete();
            }
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.ERROR, "run " + id() + " could not be followed", failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean begin() throws InterruptedException {
        try {
            Start start = preparation.prepare(order);
            if (!mayBegin()) {
                return false;
            }
            order.write(folder.path());
            Process begun = start.begin(order, folder);
            own = begun;
            process = begun.toHandle();
            return true;
        } catch (IOException | ServerRefusal cannot) {
            String why = "agent could not start it: " + cannot.getMessage();
            tell(() -> server.finish(id(), State.FAILED, Optional.of(why), List.of()));
            return false;
        }
    }

    /** A run that this agent took and was not heard of since is another's: it must not begin twice. */
    private boolean mayBegin() throws InterruptedException {
        boolean[] granted = {false};
        long[] asked = {0};
        do {
            granted[0] = false;
            tell(() -> {
                asked[0] = System.nanoTime();
                granted[0] = server.begin(id());
            });
        } while (granted[0] && System.nanoTime() - asked[0] > FRESH.toNanos());
        return granted[0] && !lost;
    }

    /** Events go to the server until the process is over and all is told. */
    private void follow() throws IOException, InterruptedException {
        ProcessHandle child = process;
        long killAt = 0;
        try (OutboxReader events = new OutboxReader(folder.events())) {
            skipTold(events);
            while (!leaving && !lost) {
                boolean alive = child != null && child.isAlive();
                boolean some = forward(events);
                if (!some && !alive && isAllKept(events)) {
                    break;
                }
                if (cancelling && alive && child != null) {
                    killAt = stop(child, killAt);
                }
                if (!some) {
                    Thread.sleep(STEP_MILLIS);
                }
            }
        }
        if (leaving) {
            return;
        }
        if (lost) {
            if (child != null) {
                ChildProcess.kill(child);
            }
            return;
        }
        if (child != null && (cancelling || end == null)) {
            ChildProcess.killLeft(child);
        }
        finish();
    }

    /** What an earlier agent told already. */
    private void skipTold(OutboxReader events) throws IOException, InterruptedException {
        if (!adopted) {
            return;
        }
        long[] wanted = {0};
        tell(() -> wanted[0] = server.events(id(), 0, List.of()));
        List<String> batch = events.next();
        while (!batch.isEmpty()) {
            int known = (int) Math.min(batch.size(), Math.max(0, wanted[0] - told));
            batch.subList(0, known).forEach(this::noteEnd);
            told += known;
            if (known < batch.size()) {
                send(events, batch.subList(known, batch.size()));
            }
            batch = events.next();
        }
    }

    private boolean forward(OutboxReader events) throws IOException, InterruptedException {
        List<String> batch = events.next();
        if (!batch.isEmpty()) {
            send(events, batch);
        }
        return !batch.isEmpty();
    }

    private void send(OutboxReader events, List<String> batch) throws IOException, InterruptedException {
        long after = told + batch.size();
        long[] wanted = {after};
        tell(() -> wanted[0] = server.events(id(), told, batch));
        told = after;
        if (!batch.isEmpty()) {
            noteEnd(batch.get(batch.size() - 1));
        }
        if (wanted[0] < told) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "run " + id() + ": the server's database lost events it had; they are told again");
            events.rewind(wanted[0]);
            told = wanted[0];
        }
    }

    /** Whether the server still has all it was told: its database may have crashed, or been restored, since. */
    private boolean isAllKept(OutboxReader events) throws IOException, InterruptedException {
        long before = told;
        send(events, List.of());
        return told == before;
    }

    private void noteEnd(String json) {
        if (json.contains("\"RunFinished\"") && EventJson.read(json) instanceof RunFinished finished) {
            end = finished;
        }
    }

    private static long stop(ProcessHandle child, long killAt) {
        long now = System.nanoTime();
        if (killAt == 0) {
            ChildProcess.ask(child);
            return now + PATIENCE.toNanos();
        }
        if (now > killAt) {
            ChildProcess.kill(child);
        }
        return killAt;
    }

    private void finish() throws IOException, InterruptedException {
        int exitCode = exitCode();
        List<String> output = folder.lastOutput();
        RunFinished known = end;
        State state = known != null ? known.state() : stateWithoutEnd(exitCode);
        Optional<String> message = known != null ? known.message() : Optional.of(messageWithoutEnd(output, exitCode));
        tell(() -> server.finish(id(), state, message, output));
    }

    /** What the process ended with, which comes a moment after it is gone; -1 if that is not known. */
    private int exitCode() throws InterruptedException {
        Process begun = own;
        return begun != null && begun.waitFor(1, TimeUnit.SECONDS) ? begun.exitValue() : -1;
    }

    private State stateWithoutEnd(int exitCode) {
        if (cancelling) {
            return State.CANCELLED;
        }
        // Bad input, or something out of reach, before the flow began.
        return (exitCode == 2 || exitCode == 3) && told == 0 ? State.FAILED : State.CRASHED;
    }

    private String messageWithoutEnd(List<String> output, int exitCode) {
        if (cancelling) {
            return "cancelled";
        }
        String last = output.isEmpty() ? "" : ": " + output.get(output.size() - 1);
        return (exitCode < 0 ? "its process ended" : "its process ended with code " + exitCode)
                + " without telling the run's end" + last;
    }

    /** Something to be told the server, which may be away for a while. */
    private interface Telling {
        void tell() throws IOException;
    }

    private void tell(Telling telling) throws InterruptedException {
        int pause = 200;
        while (!leaving && !lost) {
            try {
                telling.tell();
                return;
            } catch (ServerRefusal refused) {
                LOG.log(System.Logger.Level.WARNING, "run " + id() + ": " + refused.getMessage());
                lost = refused.status() == 404;
                return;
            } catch (IOException away) {
                Thread.sleep(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
        }
    }
}
