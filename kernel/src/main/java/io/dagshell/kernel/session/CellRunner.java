package io.dagshell.kernel.session;

import io.dagshell.kernel.session.CellThread.Ending;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs user code on the cell's thread, with the session's lock free meanwhile. Guarded by the session's lock. */
final class CellRunner {
    private static final long POOL_PATIENCE_MILLIS = 100;

    private final List<KernelExtension> extensions;
    private final ClassLoader loader;
    private final StopSwitch stopSwitch;
    private final ErrorReport errors;
    private final ReentrantLock lock;
    private final List<CellThread> abandoned = new ArrayList<>();
    /** What runs, guarded by itself: interrupts come from any thread. */
    private final Set<CellRun> running = new LinkedHashSet<>();

    CellRunner(
            List<KernelExtension> extensions,
            ClassLoader loader,
            StopSwitch stopSwitch,
            ErrorReport errors,
            ReentrantLock lock) {
        this.extensions = extensions;
        this.loader = loader;
        this.stopSwitch = stopSwitch;
        this.errors = errors;
        this.lock = lock;
    }

    /** Runs work as the cell, inside what extensions put around it; fails as the cell fails. */
    void run(CellRun run, Callable<?> work) throws InterruptedException {
        runBare(run, () -> runInside(0, run.cell(), work));
    }

    /** Runs work as the cell, without what extensions put around it. */
    void runBare(CellRun run, Callable<?> work) throws InterruptedException {
        requireGoing(run);
        CellThread started = CellThread.start(run, loader, work);
        run.worksOn(started);
        if (run.isInterrupted()) {
            started.interrupt();
        }
        lock.unlock();
        Ending ending;
        try {
            ending = started.await();
        } finally {
            lock.lock();
            run.worksOn(null);
        }
        if (ending == Ending.ABANDONED) {
            abandoned.add(started);
            throw CellFailure.interrupted(ErrorReport.ended(
                    "Interrupted", "the cell's thread does not react to being interrupted and was left behind"));
        }
        Throwable thrown = started.thrown();
        if (thrown != null) {
            throw failure(run, thrown);
        }
    }

    /** Fails as an interrupted cell if somebody stopped it. */
    void requireGoing(CellRun run) {
        if (run.isInterrupted()) {
            throw CellFailure.interrupted(ErrorReport.ended("Interrupted", "the cell was interrupted"));
        }
    }

    private @Nullable Object runInside(int index, CellRequest cell, Callable<?> work) throws Exception {
        if (index == extensions.size()) {
            return work.call();
        }
        try (AutoCloseable around = extensions.get(index).around(cell)) {
            return runInside(index + 1, cell, work);
        }
    }

    private CellFailure failure(CellRun run, Throwable thrown) {
        if (run.isInterrupted()) {
            return CellFailure.interrupted(errors.interrupted(thrown));
        }
        if (thrown instanceof CellStop stop && stop.isExit()) {
            String message = "exit(" + stop.getMessage() + ") ended this cell; the session goes on";
            return CellFailure.failed(ErrorReport.ended("Exit", message));
        }
        if (thrown instanceof CellProblem problem) {
            return CellFailure.failed(errors.refused(run.cell(), problem));
        }
        return CellFailure.failed(placed(run.cell(), thrown).orElseGet(() -> errors.thrown(thrown)));
    }

    private Optional<CellError> placed(CellRequest cell, Throwable thrown) {
        return extensions.stream()
                .flatMap(extension -> extension.placeOf(cell, thrown).stream())
                .findFirst()
                .map(problem -> errors.placed(cell, problem, thrown));
    }

    void begins(CellRun run) {
        synchronized (running) {
            running.add(run);
        }
    }

    List<CellRun> running() {
        synchronized (running) {
            return List.copyOf(running);
        }
    }

    /** Stops a run that was asked to, from any thread; one that is over is left alone. */
    void interrupt(CellRun run) {
        synchronized (running) {
            if (!running.contains(run)) {
                return;
            }
            stopSwitch.arm();
        }
        CellThread thread = run.thread();
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The cell is over: stop checks cost nothing again, unless a thread left behind must still be stopped. */
    void ended(CellRun run) {
        if (run.isInterrupted()) {
            awaitCommonPool();
        }
        abandoned.removeIf(CellThread::isOver);
        synchronized (running) {
            running.remove(run);
            if (abandoned.isEmpty() && running.stream().noneMatch(CellRun::isInterrupted)) {
                stopSwitch.disarm();
            }
        }
    }

    /** Threads of the common pool work on parts of a stream whose cell is gone, and stop at their next check. */
    private static void awaitCommonPool() {
        long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(POOL_PATIENCE_MILLIS);
        while (ForkJoinPool.commonPool().getActiveThreadCount() > 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
