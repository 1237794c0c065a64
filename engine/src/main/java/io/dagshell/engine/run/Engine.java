package io.dagshell.engine.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.TaskFuture;
import io.dagshell.engine.Work;
import io.dagshell.engine.approval.ApprovalForm;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls of tasks and flows. Code in cells reaches it through {@link io.dagshell.engine.Dag}, for the engine bound
 * to its thread:
 *
 * <pre>{@code
 * try (Engine engine = Engine.builder().definitions(definitions).cache(cache).sink(store).build()) {
 *     engine.within(() -> ingest("yellow", 2021, 1));
 * }
 * }</pre>
 *
 * <p>Thread-safe: several threads may be within it at once. A call runs on the thread that makes it; {@code map} and
 * {@code submit} add threads of the engine.
 */
public final class Engine implements AutoCloseable {

    /** What a void call returns inside the engine. */
    public static final Object NOTHING = new Object();

    private final Settings settings;
    private final Workers workers;
    private final CallRunner calls;
    private final Set<Scope> cells = ConcurrentHashMap.newKeySet();
    private final Set<CallCancellation> runs = ConcurrentHashMap.newKeySet();

    Engine(Settings settings) {
        this.settings = settings;
        this.workers = new Workers(settings.ports().carrier());
        this.calls =
                new CallRunner(settings, this, runs, new CacheStep(settings, new Attempts(settings, this, workers)));
    }

    public static EngineBuilder builder() {
        return new EngineBuilder();
    }

    /** The engine bound to this thread by {@link #within} or {@link #bind}. */
    public static Engine ambient() {
        return Ambient.require().engine();
    }

    /**
     * The call this thread works for; outside any call, one that stands for the cell.
     *
     * @throws NoEngineException no engine is bound to this thread
     */
    public static Call current() {
        return currentFrame(Ambient.require());
    }

    /** {@link #current}, or empty where no engine is bound: in a plain program. */
    public static Optional<Call> currentIfBound() {
        return Optional.ofNullable(Ambient.get()).map(Engine::currentFrame);
    }

    private static Call currentFrame(Ambient here) {
        return here.scope().isOver()
                ? here.engine().newCell().frame()
                : here.scope().frame();
    }

    /** Runs {@code work} on this thread with this engine bound; threads it starts inherit the binding. */
    public <R> R within(Work<R> work) throws Exception {
        try (Binding binding = bind()) {
            return work.run();
        }
    }

    /** Binds this engine to the calling thread until the binding is closed there. */
    public Binding bind() {
        Scope cell = newCell();
        forgetIdleCells();
        cells.add(cell);
        Cancellation.Registration thread = cell.cancellation().attachThread();
        Ambient.Binding bound = Ambient.of(this, cell).bind();
        return () -> {
            bound.close();
            thread.close();
            cell.end();
            forgetIdleCells();
        };
    }

    /** A cell that has ended is still cancelled while work it submitted runs. */
    private void forgetIdleCells() {
        cells.removeIf(cell -> cell.isOver() && cell.submissions().isIdle());
    }

    private Scope newCell() {
        CallCancellation cancellation = CallCancellation.root();
        return new Scope(
                new CellFrame(settings, cancellation),
                cancellation,
                Numbering.start(),
                settings.limits().slots(OptionalInt.empty()));
    }

    /**
     * Calls the task or flow of that name and answers its value. Its own exception is thrown as it is, checked or not.
     *
     * @param site class that holds the wrapper method
     * @param body evaluates the user's method on {@code arguments}
     */
    public <R> R call(Class<?> site, TaskName name, Work<R> body, @Nullable Object[] arguments) {
        return call(site, settings.ports().definitions().at(site, name), body, arguments);
    }

    /** The same for a definition that is at hand. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the body's own null is a value
    public <R> R call(Class<?> site, TaskDefinition task, Work<R> body, @Nullable Object[] arguments) {
        Ambient here = here();
        Invocation invocation = new Invocation(site, task, body, arguments, here.refresh());
        return (R) calls.call(here, invocation);
    }

    /** Starts {@code work} beside the caller. A flow ends only after all it submitted. */
    public <R> TaskFuture<R> submit(Work<R> work) {
        Ambient here = here();
        return here.scope().submissions().add(here, work, workers);
    }

    /** Runs {@code work} for each item, up to the flow's concurrency at once; the first failure stops the rest. */
    public <T, R> List<R> map(Collection<T> items, Work.Each<? super T, ? extends R> work) {
        return new MapRun<T, R>(here(), new ArrayList<>(items), work).run(workers);
    }

    /** Runs {@code work}; tasks called directly in it are computed anew. */
    public <R> R refresh(Work<R> work) {
        try (Ambient.Binding bound = here().refreshing().bind()) {
            return work.run();
        } catch (Exception failure) {
            throw Rethrow.asIs(failure);
        }
    }

    /**
     * Runs {@code work}; the flow called first in it resumes {@code run}: what that run's tasks finished, effects
     * included, is not repeated where path and key of the call are the same.
     */
    public <R> R resume(RunId run, Work<R> work) {
        try (Ambient.Binding bound = here().resuming(run).bind()) {
            return work.run();
        } catch (Exception failure) {
            throw Rethrow.asIs(failure);
        }
    }

    /**
     * Asks a person, on behalf of the flow of the calling thread, and answers the values that were approved with.
     *
     * @param form fields of the answer; {@link ApprovalForm#NONE} for yes or no
     * @param timeout after which it counts as rejected
     * @throws io.dagshell.engine.approval.RejectedException it was rejected
     */
    public ObjectNode approve(String question, ApprovalForm form, Optional<Duration> timeout) {
        return Asking.ask(here(), settings.ports().approvals(), question, form, timeout);
    }

    /** Where the calling thread stands. A thread that outlived its cell stands in a new one; its flow cannot go on. */
    private Ambient here() {
        Ambient here = Ambient.require();
        if (here.engine() != this) {
            throw new NoEngineException("this thread is bound to another engine");
        }
        if (!here.scope().isOver()) {
            return here;
        }
        if (here.scope().frame().call() == null) {
            return Ambient.of(this, newCell());
        }
        throw new NoEngineException("thread " + Thread.currentThread().getName() + " outlived the "
                + "call it was started in; use map(..) or submit(..), which the call waits for");
    }

    /** Cancels every running call: their threads are interrupted and what they registered for cancel runs. */
    public void cancel() {
        cells.forEach(cell -> cell.cancellation().cancel("cancelled"));
        runs.forEach(run -> run.cancel("cancelled"));
    }

    /** Cancels what still runs and lets the engine's threads end. */
    @Override
    public void close() {
        cancel();
        workers.close();
    }

    /** Takes a binding back, on the thread that made it. */
    public interface Binding extends AutoCloseable {
        @Override
        void close();
    }
}
