package io.dagshell.server;

import io.javalin.config.RoutesConfig;

/** A part of what the server answers. */
interface Routes {

    /** Adds the handlers. */
    void add(RoutesConfig routes);
}
