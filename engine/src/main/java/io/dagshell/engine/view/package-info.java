/**
 * How a value shows itself: the {@link io.dagshell.engine.view.View} port, value in, MIME bundle out.
 */
@NullMarked
package io.dagshell.engine.view;

import org.jspecify.annotations.NullMarked;
