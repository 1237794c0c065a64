/**
 * What a server tells those who watch it from outside: figures in Prometheus' text format, made when they are asked for.
 * What the database knows is read from it then; {@link io.dagshell.server.metrics.Meters} has what only this process knows.
 */
@NullMarked
package io.dagshell.server.metrics;

import org.jspecify.annotations.NullMarked;
