/**
 * The front door for code in cells: {@link io.dagshell.engine.Dag}. What enters is a call of a task or flow; what leaves is its value.
 */
@NullMarked
package io.dagshell.engine;

import org.jspecify.annotations.NullMarked;
