/**
 * A Jupyter kernel: messages enter through {@code channel}, and the Java session of {@code session} answers them. The
 * front door is {@link io.dagshell.kernel.JupyterKernel}.
 */
@NullMarked
package io.dagshell.kernel;

import org.jspecify.annotations.NullMarked;
