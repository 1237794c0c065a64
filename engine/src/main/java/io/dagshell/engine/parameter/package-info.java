/**
 * Typed parameters: text to canonical JSON by the flow's schema, JSON to Java in the process that runs the flow.
 */
@NullMarked
package io.dagshell.engine.parameter;

import org.jspecify.annotations.NullMarked;
