/**
 * Values as bytes. The {@link io.dagshell.engine.value.Codec} port turns a value of a declared type into a canonical
 * digest, and into stored form and back; {@link io.dagshell.engine.value.StandardCodecs} is the closed set of them.
 * Declared types decide, never what a stored form asks for.
 */
@NullMarked
package io.dagshell.engine.value;

import org.jspecify.annotations.NullMarked;
