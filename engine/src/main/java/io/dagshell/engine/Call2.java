package io.dagshell.engine;

import java.io.Serializable;

/** A task or flow with 2 parameters, and the method reference it is made of; see {@link Task}. */
@FunctionalInterface
public interface Call2<A, B, R> extends Serializable {
    R call(A a, B b) throws Exception;
}
