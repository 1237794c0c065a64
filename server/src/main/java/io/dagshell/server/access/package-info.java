/**
 * Who asks, and what each may do. A request enters with a token, a cookie or neither; an {@link
 * io.dagshell.server.access.Actor} leaves, or a refusal, and a line in the log of what was done.
 */
@NullMarked
package io.dagshell.server.access;

import org.jspecify.annotations.NullMarked;
