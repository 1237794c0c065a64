package io.dagshell.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * What a thread works for: a cell's run and the listeners to its lines. Threads inherit it from the thread that
 * started them; threads of the common pool count as the cell that runs, the one that began last if there are several.
 */
final class Scope {
    private static final InheritableThreadLocal<@Nullable Scope> OF_THREAD = new InheritableThreadLocal<>();
    /** Scopes of cells that run, in the order they began; also guards the choice of {@code running}. */
    private static final List<Scope> BEGUN = new ArrayList<>();

    private static volatile @Nullable Scope running;

    private final CellRun run;
    private final List<LineTee> tees;

    private Scope(CellRun run, List<LineTee> tees) {
        this.run = run;
        this.tees = tees;
    }

    static Scope of(CellRun run) {
        return new Scope(run, new CopyOnWriteArrayList<>());
    }

    /** The scope of the calling thread; null for threads no cell started. */
    static @Nullable Scope current() {
        if (isCommonPool()) {
            return running;
        }
        return OF_THREAD.get();
    }

    private static boolean isCommonPool() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread worker
                && worker.getPool() == ForkJoinPool.commonPool();
    }

    /** Its cell runs. */
    void begins() {
        synchronized (BEGUN) {
            BEGUN.add(this);
            running = this;
        }
    }

    /** Its cell is over. The last of all still counts: what it left in the common pool is its own. */
    void ends() {
        synchronized (BEGUN) {
            BEGUN.remove(this);
            if (!BEGUN.isEmpty()) {
                running = BEGUN.get(BEGUN.size() - 1);
            }
        }
    }

    /** Puts the calling thread into this scope until closed. */
    Entered enter() {
        return enter(this);
    }

    static Entered enter(@Nullable Scope scope) {
        Scope before = OF_THREAD.get();
        OF_THREAD.set(scope);
        return () -> {
            if (before == null) {
                OF_THREAD.remove();
            } else {
                OF_THREAD.set(before);
            }
        };
    }

    /** A scope of the same run with one more listener. */
    Scope with(LineTee tee) {
        List<LineTee> more = new CopyOnWriteArrayList<>(tees);
        more.add(tee);
        return new Scope(run, more);
    }

    CellRun run() {
        return run;
    }

    void write(boolean error, byte[] bytes, int offset, int length) {
        run.stream(error).write(bytes, offset, length);
        for (LineTee tee : tees) {
            tee.write(error, bytes, offset, length);
        }
    }

    /** As the bytes of the text. */
    void write(boolean error, String text) {
        run.stream(error).write(text);
        for (LineTee tee : tees) {
            tee.write(error, text);
        }
    }

    /** The stop check while somebody interrupts: ends the calling thread's work if it belongs to that cell. */
    static void stopIfInterrupted() {
        Scope scope = current();
        if (scope != null && scope.run.isInterrupted()) {
            throw CellStop.interrupted();
        }
    }

    /** Leaving a scope. */
    interface Entered extends AutoCloseable {
        @Override
        void close();
    }
}
