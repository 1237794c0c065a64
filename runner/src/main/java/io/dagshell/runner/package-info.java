/** The runner room. */
@NullMarked
package io.dagshell.runner;

import org.jspecify.annotations.NullMarked;
