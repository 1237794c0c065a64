/**
 * An agent: takes runs from the server, starts a process for each, and tells the server what the process wrote into its
 * outbox. It knows nothing of cells, tables or engines: what runs is a {@code flow.jar}.
 */
@NullMarked
package io.dagshell.server.agent;

import org.jspecify.annotations.NullMarked;
