/** Tells a collector of OpenTelemetry what happened in runs that ended. */
@org.jspecify.annotations.NullMarked
package io.dagshell.server.trace;
