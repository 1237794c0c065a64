/** The benchmarks room. */
@NullMarked
package io.dagshell.benchmarks;

import org.jspecify.annotations.NullMarked;
