package io.dagshell.engine.model;

import java.util.Collection;
import java.util.Optional;

/** Port: finds the definition behind a call. Implemented by the notebook session and by a deployed flow. Thread-safe. */
public interface Definitions {

    /**
     * The definition that {@code site} was compiled from.
     *
     * @param site the class that holds the wrapper method; in a notebook each redefinition makes a new class, so the
     *     site tells which version of the code is about to run
     * @param name the task's name
     * @return the definition; its code is {@link CodeIdentity.Unknown} if the site is an outdated version
     */
    TaskDefinition at(Class<?> site, TaskName name);

    /** None: for programs whose calls bring theirs along. */
    static Definitions none() {
        return new Definitions() {
            @Override
            public TaskDefinition at(Class<?> site, TaskName name) {
                throw new IllegalStateException("there is no task or flow " + name);
            }

            @Override
            public Optional<TaskDefinition> named(TaskName name) {
                return Optional.empty();
            }

            @Override
            public Collection<TaskDefinition> all() {
                return java.util.List.of();
            }
        };
    }

    /** The current definition of that name. */
    Optional<TaskDefinition> named(TaskName name);

    /** The graph of a flow as its source tells it, or empty where no source is known. */
    default Optional<FlowGraph> graph(TaskName flow) {
        return Optional.empty();
    }

    /** All current definitions, in the order of their cells. */
    Collection<TaskDefinition> all();
}
