/** The installer room. */
@NullMarked
package io.dagshell.installer;

import org.jspecify.annotations.NullMarked;
