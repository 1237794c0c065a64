package io.dagshell.engine;

/** The value of submitted work, once it is there. Waiting holds no concurrency slot. */
public interface TaskFuture<R> {

    /** Waits for the value; throws the work's own exception, unwrapped. */
    R get();

    boolean isDone();
}
