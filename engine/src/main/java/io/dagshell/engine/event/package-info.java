/**
 * What happens in a run, as events, and the {@link io.dagshell.engine.event.RunSink} port that receives them.
 */
@NullMarked
package io.dagshell.engine.event;

import org.jspecify.annotations.NullMarked;
