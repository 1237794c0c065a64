package io.dagshell.engine;

import java.io.Serializable;

/** A task or flow with 1 parameters, and the method reference it is made of; see {@link Task}. */
@FunctionalInterface
public interface Call1<A, R> extends Serializable {
    R call(A a) throws Exception;
}
