package io.dagshell.engine;

import java.io.Serializable;

/** A task or flow with 3 parameters, and the method reference it is made of; see {@link Task}. */
@FunctionalInterface
public interface Call3<A, B, C, R> extends Serializable {
    R call(A a, B b, C c) throws Exception;
}
