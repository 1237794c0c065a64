/** The kernel as a process: connection file in, exit code out. */
@NullMarked
package io.dagshell.installer.kernel;

import org.jspecify.annotations.NullMarked;
