/** The magics room. */
@NullMarked
package io.dagshell.magics;

import org.jspecify.annotations.NullMarked;
