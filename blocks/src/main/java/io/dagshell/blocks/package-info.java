/** The blocks room. */
@NullMarked
package io.dagshell.blocks;

import org.jspecify.annotations.NullMarked;
