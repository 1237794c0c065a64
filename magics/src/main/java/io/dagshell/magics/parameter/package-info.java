/** Values given to a running notebook from outside: a cell of {@code name = text} lines enters, typed variables leave. */
@NullMarked
package io.dagshell.magics.parameter;

import org.jspecify.annotations.NullMarked;
