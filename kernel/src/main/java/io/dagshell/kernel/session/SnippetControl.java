package io.dagshell.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * JShell's execution engine. It never runs anything: JShell compiles and declares a whole cell, the calls it asks for
 * are noted, and the session runs them once all of the cell is known to be sound. Guarded by the session's lock.
 */
final class SnippetControl extends DirectExecutionControl implements ExecutionControlProvider {

    /** A call of a snippet's code: a static method without parameters. */
    record Invocation(String className, String methodName) {}

    private final List<Invocation> noted = new ArrayList<>();

    SnippetControl(SnippetLoader loader) {
        super(loader);
    }

    @Override
    public String name() {
        return "cells";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
        return this;
    }

    /** The session adds to the loader itself: what the compiler sees may be loaded above the cells' own classes. */
    @Override
    public void addToClasspath(String path) {}

    @Override
    public String invoke(String className, String methodName) {
        noted.add(new Invocation(className, methodName));
        return "";
    }

    /** The calls noted since this was last asked. */
    List<Invocation> take() {
        List<Invocation> taken = List.copyOf(noted);
        noted.clear();
        return taken;
    }
}
