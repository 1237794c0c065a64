/**
 * What a person sees of a run: events and a flow's graph enter, a display that is updated in place leaves, as HTML with
 * a picture of the graph and as plain text that says the same.
 */
@NullMarked
package io.dagshell.magics.display;

import org.jspecify.annotations.NullMarked;
