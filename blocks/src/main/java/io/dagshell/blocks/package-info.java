/** Typed, named connections to the outside: a name enters {@link io.dagshell.blocks.Blocks}, a connection leaves that loads and reads. */
@NullMarked
package io.dagshell.blocks;

import org.jspecify.annotations.NullMarked;
