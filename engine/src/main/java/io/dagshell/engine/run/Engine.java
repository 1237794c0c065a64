package io.dagshell.engine.run;

import io.dagshell.engine.TaskFuture;
import io.dagshell.engine.Work;
import io.dagshell.engine.model.TaskName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs calls. Skeleton of the seam; the engine room fills it. */
public final class Engine implements AutoCloseable {

    /** What a void call returns inside the engine. */
    public static final Object NOTHING = new Object();

    /** The engine bound to this thread by {@link #within}. */
    public static Engine ambient() {
        throw new UnsupportedOperationException();
    }

    /** The call this thread works for. */
    public static Call current() {
        throw new UnsupportedOperationException();
    }

    /** Runs {@code work} on this thread with this engine bound; threads it starts inherit the binding. */
    public <R> R within(Work<R> work) throws Exception {
        throw new UnsupportedOperationException();
    }

    public <R> R call(Class<?> site, TaskName name, Work<R> body, @Nullable Object[] arguments) {
        throw new UnsupportedOperationException();
    }

    public <R> TaskFuture<R> submit(Work<R> work) {
        throw new UnsupportedOperationException();
    }

    public <T, R> List<R> map(Collection<T> items, Work.Each<? super T, ? extends R> work) {
        throw new UnsupportedOperationException();
    }

    public <R> R refresh(Work<R> work) {
        throw new UnsupportedOperationException();
    }

    /** Cancels every running call. */
    public void cancel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
