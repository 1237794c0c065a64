/**
 * The Java session: a cell's text enters {@link io.dagshell.kernel.session.JavaSession}, is transformed by the
 * extensions, checked as a whole, run in JShell, and leaves as output and a result. Used by the Jupyter channels and by
 * headless runs alike.
 */
@NullMarked
package io.dagshell.kernel.session;

import org.jspecify.annotations.NullMarked;
