/**
 * Values as bytes: the {@link io.dagshell.engine.value.Codec} port turns a value into a canonical digest and into stored form and back.
 */
@NullMarked
package io.dagshell.engine.value;

import org.jspecify.annotations.NullMarked;
