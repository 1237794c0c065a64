package io.dagshell.engine.run;

import io.dagshell.engine.model.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread stands: its engine, the code whose calls it numbers, whether tasks called here are computed anew, and
 * the run that the next one begun here resumes.
 * Immutable; the binding itself belongs to one thread and is inherited by threads that one starts.
 */
record Ambient(
        Engine engine,
        Scope scope,
        boolean refresh,
        @Nullable Resumption resumption) {
    private static final InheritableThreadLocal<@Nullable Ambient> CURRENT = new InheritableThreadLocal<>();

    static @Nullable Ambient get() {
        return CURRENT.get();
    }

    static Ambient require() {
        Ambient ambient = CURRENT.get();
        if (ambient == null) {
            throw new NoEngineException();
        }
        return ambient;
    }

    /** Drops what the calling thread inherited. */
    static void forget() {
        CURRENT.remove();
    }

    static Ambient of(Engine engine, Scope scope) {
        return new Ambient(engine, scope, false, null);
    }

    Ambient in(Scope other) {
        return new Ambient(engine, other, refresh, resumption);
    }

    Ambient refreshing() {
        return new Ambient(engine, scope, true, resumption);
    }

    Ambient resuming(RunId run) {
        return new Ambient(engine, scope, refresh, new Resumption(run));
    }

    /** Binds this to the calling thread until the binding is closed there. */
    Binding bind() {
        Ambient before = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (before == null) {
                CURRENT.remove();
                return;
            }
            CURRENT.set(before);
        };
    }

    /** Takes a binding back. */
    interface Binding extends AutoCloseable {
        @Override
        void close();
    }
}
