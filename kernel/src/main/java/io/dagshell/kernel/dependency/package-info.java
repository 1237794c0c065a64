/**
 * Libraries that cells declare. Lines of cells enter ({@code %maven g:a:v}, {@code //DEPS}, poms); what leaves are the
 * jars behind them, for the loader of user code. The resolver's own libraries are needed by {@code maven} only, which is
 * loaded when a cell first declares something.
 */
@NullMarked
package io.dagshell.kernel.dependency;

import org.jspecify.annotations.NullMarked;
