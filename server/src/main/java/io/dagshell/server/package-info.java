/**
 * The server of scheduled flows: its address and token, who may come in, and what is answered. Requests enter; rows of
 * the store change; pages and JSON leave. Cells, tables and connections are not known here: a deployment brings its
 * picture along, and its child process does the work.
 */
@NullMarked
package io.dagshell.server;

import org.jspecify.annotations.NullMarked;
