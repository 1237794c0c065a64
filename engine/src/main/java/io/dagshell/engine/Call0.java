package io.dagshell.engine;

import java.io.Serializable;

/** A task or flow with 0 parameters, and the method reference it is made of; see {@link Task}. */
@FunctionalInterface
public interface Call0<R> extends Serializable {
    R call() throws Exception;
}
