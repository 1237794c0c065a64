package io.dagshell.engine.event;

/**
 * Implemented by exceptions that know who is to blame, so that the engine need not guess from their class. Read on the
 * thread of the failed call.
 */
public interface KnowsFailureKind {
    FailureKind failureKind();
}
