/** Makes the kernel known to Jupyter: the distribution enters, a kernel spec, its jars and a launcher leave. */
@NullMarked
package io.dagshell.installer.kernelspec;

import org.jspecify.annotations.NullMarked;
