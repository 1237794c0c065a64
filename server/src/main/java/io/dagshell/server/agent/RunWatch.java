package io.dagshell.server.agent;

import io.dagshell.engine.deploy.RunProcess;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.server.client.DamagedLibraryException;
import io.dagshell.server.client.ServerRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One run from its claim to its end: its process, its events, its end told. Work is on the run's own thread; the
 * heartbeat's thread asks for its stop.
 */
final class RunWatch implements Runnable {
    private static final long STEP_MILLIS = 100;
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

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

    private final RunTelling telling;

    /** Held from before the server lets it begin until its process has all it needs from its agent. */
    private final ReentrantLock starting = new ReentrantLock();

    private volatile boolean cancelling;

    /** The run's end is being told, or was: the server may hand it out again before the answer is here. */
    private volatile boolean ended;

    private @Nullable ProcessHandle process;

    /** The process as its parent has it, which another agent's is not. */
    private @Nullable Process own;

    private boolean adopted;
    private volatile boolean unfit;

    private RunWatch(Order order, OutboxFolder folder, ServerCalls server, Preparation preparation) {
        this.order = order;
        this.folder = folder;
        this.server = server;
        this.preparation = preparation;
        this.telling = new RunTelling(order.run());
    }

    /** A run that was just claimed. */
    static RunWatch claimed(Order order, OutboxFolder folder, ServerCalls server, Preparation preparation) {
        return new RunWatch(order, folder, server, preparation);
    }

    /** A run whose process an earlier agent began. */
    static RunWatch adopted(Order order, OutboxFolder folder, ServerCalls server) {
        RunWatch watch = new RunWatch(order, folder, server, again -> {
            throw new IllegalStateException("a run is not begun twice");
        });
        watch.adopted = true;
        return watch;
    }

    RunId id() {
        return order.run();
    }

    boolean hasEnded() {
        return ended;
    }

    void cancel() {
        cancelling = true;
    }

    /** Whether this machine could not begin it. */
    boolean isUnfit() {
        return unfit;
    }

    /** The run is another's now: stop, and tell nothing. */
    void lose() {
        telling.lose();
    }

    /** The agent ends; the process goes on. */
    void leave() {
        telling.leave();
    }

    /**
     * After {@link #leave}: returns when a process that is being started needs its agent no more, and in any case after so
     * long. An agent that ended before would leave it without its blocks, or a run that may begin without a process.
     */
    void awaitStart(Duration most) throws InterruptedException {
        if (starting.tryLock(most.toMillis(), TimeUnit.MILLISECONDS)) {
            starting.unlock();
        }
    }

    @Override
    public void run() {
        try {
            if (adopted ? find() : begin()) {
                follow();
            }
            if (!telling.isLeaving()) {
                folder.delete();
            }
        } catch (IOException | RuntimeException failed) {
            System.getLogger(RunWatch.class.getName())
                    .log(System.Logger.Level.ERROR, "run " + id() + " could not be followed", failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A process that its agent did not outlive long may not have said yet who it is: it gets a moment for that, and after
     * it does not begin any more.
     */
    private boolean find() throws IOException, InterruptedException {
        long until = System.nanoTime() + MOMENT.toNanos();
        while (!RunProcess.isKnown(folder.path()) && System.nanoTime() < until) {
            if (!telling.goesOn()) {
                return false;
            }
            Thread.sleep(STEP_MILLIS);
        }
        boolean never = !RunProcess.isKnown(folder.path()) && RunProcess.giveUp(folder.path());
        process = never ? null : RunProcess.alive(folder.path()).orElse(null);
        return true;
    }

    private boolean begin() throws InterruptedException {
        try {
            Optional<Start> start = telling.get(() -> preparation.prepare(order));
            return start.isPresent() && begin(start.get());
        } catch (ServerRefusal | DamagedLibraryException cannot) {
            return cannotBegin(State.FAILED, cannot.getMessage());
        } catch (IOException cannot) {
            // A full disk, a missing program: the machine's fault and not the flow's, so another may do it.
            unfit = true;
            return cannotBegin(State.CRASHED, cannot.getMessage());
        }
    }

    private boolean begin(Start start) throws IOException, InterruptedException {
        starting.lock();
        try {
            if (!mayBegin()) {
                return false;
            }
            order.write(folder.path());
            Process begun = start.begin(order, folder);
            own = begun;
            process = begun.toHandle();
            return true;
        } finally {
            starting.unlock();
        }
    }

    private boolean cannotBegin(State state, @Nullable String why) throws InterruptedException {
        Optional<String> reason = Optional.of("agent could not start it: " + why);
        telling.tell(() -> server.finish(order, state, reason, List.of()));
        return false;
    }

    /** A run that this agent took and was not heard of since is another's: it must not begin twice. */
    private boolean mayBegin() throws InterruptedException {
        boolean[] granted = {false};
        long[] asked = {0};
        do {
            granted[0] = false;
            telling.tell(() -> {
                asked[0] = System.nanoTime();
                granted[0] = server.begin(id());
            });
        } while (granted[0] && System.nanoTime() - asked[0] > FRESH.toNanos());
        return granted[0] && !telling.isLost();
    }

    /** Events go to the server until the process is over and all is told. */
    private void follow() throws IOException, InterruptedException {
        try (RunEvents events =
                new RunEvents(id(), order.firstPlace(), new OutboxReader(folder.events()), server, telling)) {
            if (adopted) {
                events.skipTold();
            }
            forward(events);
            if (telling.isLeaving()) {
                return;
            }
            end(events);
        }
    }

    private void forward(RunEvents events) throws IOException, InterruptedException {
        ProcessHandle child = process;
        long killAt = 0;
        while (telling.goesOn()) {
            boolean alive = child != null && child.isAlive();
            boolean some = events.forward();
            if (events.refused().isPresent() || (!some && !alive)) {
                return;
            }
            if (cancelling && alive && child != null) {
                killAt = stop(child, killAt);
            }
            if (!some) {
                Thread.sleep(STEP_MILLIS);
            }
        }
    }

    private void end(RunEvents events) throws IOException, InterruptedException {
        ProcessHandle child = process;
        if (telling.isLost()) {
            if (child != null) {
                ChildProcess.kill(child);
            }
            return;
        }
        if (events.refused().isPresent()) {
            if (child != null) {
                ChildProcess.kill(child);
            }
            giveUp(events.refused().get());
            return;
        }
        if (child != null && (cancelling || events.end().isEmpty())) {
            ChildProcess.killLeft(child);
        }
        finish(events);
    }

    /** A run that cannot be recorded does not go on: whatever it did would be known to nobody. */
    private void giveUp(String why) throws InterruptedException {
        ended = true;
        String reason = "the server does not take what it tells (" + why + "): if its deployment was built by a newer"
                + " DagShell, upgrade the server, or build it with the server's";
        telling.tell(() -> server.finish(order, State.FAILED, Optional.of(reason), List.of()));
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

    private void finish(RunEvents events) throws IOException, InterruptedException {
        int exitCode = exitCode();
        List<String> output = folder.lastOutput();
        Optional<RunFinished> end = events.end();
        State state = end.map(RunFinished::state).orElseGet(() -> stateWithoutEnd(exitCode, events.told()));
        Optional<String> told =
                end.isPresent() ? end.get().message() : Optional.of(messageWithoutEnd(output, exitCode));
        boolean failed = state == State.FAILED || state == State.CRASHED;
        Optional<String> message =
                failed && (events.isOutOfHeap() || output.stream().anyMatch(OutOfHeap::isIn))
                        ? Optional.of(told.map(text -> text + ". ").orElse("") + OutOfHeap.advice(order))
                        : told;
        ended = true;
        telling.tell(() -> {
            // With each try: a database that crashes in between may lose what it had.
            events.tellLost();
            if (telling.goesOn()) {
                server.finish(order, state, message, output);
            }
        });
    }

    /** What the process ended with, which comes a moment after it is gone; -1 if that is not known. */
    private int exitCode() throws InterruptedException {
        Process begun = own;
        return begun != null && begun.waitFor(1, TimeUnit.SECONDS) ? begun.exitValue() : -1;
    }

    private State stateWithoutEnd(int exitCode, long told) {
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
}
