/** The Jupyter protocol over ZeroMQ: messages enter, the Java session of {@code session} answers. */
@NullMarked
package io.dagshell.kernel;

import org.jspecify.annotations.NullMarked;
