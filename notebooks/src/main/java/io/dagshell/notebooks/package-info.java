/** The notebooks room. */
@NullMarked
package io.dagshell.notebooks;

import org.jspecify.annotations.NullMarked;
