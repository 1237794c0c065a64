/**
 * The rewrite of task and flow cells. A cell as typed enters; Java for JShell and for the slice leaves: the method under
 * the name {@code fetch$impl} on its own lines, and behind it a wrapper {@code fetch} of the same signature that hands
 * the call to {@link io.dagshell.engine.Dag}. What is no task or flow is refused at its line.
 */
@NullMarked
package io.dagshell.magics.rewrite;

import org.jspecify.annotations.NullMarked;
