/** Draws plots: columns enter, static SVG and a summary in words leave. */
@NullMarked
package io.dagshell.tables.plot;

import org.jspecify.annotations.NullMarked;
