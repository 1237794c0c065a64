package io.dagshell.engine.brokenwall;

final class EngineThatKeepsALogger {
    static final System.Logger LOG = System.getLogger("kept");

    private EngineThatKeepsALogger() {}
}
