/** The tables room. */
@NullMarked
package io.dagshell.tables;

import org.jspecify.annotations.NullMarked;
