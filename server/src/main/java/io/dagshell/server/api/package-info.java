/**
 * What programs and agents ask of the server, as JSON over HTTP below {@code /api}. Requests enter; the services of
 * {@code io.dagshell.server.deploy} and the store are called; answers and problem details (RFC 9457) leave.
 */
@NullMarked
package io.dagshell.server.api;

import org.jspecify.annotations.NullMarked;
