/**
 * How graphs, states and amounts look, wherever they are shown: in notebooks, in exports and on the dashboard. Values of
 * the model enter; text, SVG and colours leave.
 */
@NullMarked
package io.dagshell.engine.picture;

import org.jspecify.annotations.NullMarked;
