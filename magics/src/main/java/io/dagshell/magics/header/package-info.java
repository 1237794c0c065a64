/**
 * The first line of a cell: {@code %%task retries=3 cache=1d} enters as text, a
 * {@link io.dagshell.magics.header.CellHeader} leaves, or a {@link io.dagshell.kernel.session.CellProblem} at its column.
 */
@NullMarked
package io.dagshell.magics.header;

import org.jspecify.annotations.NullMarked;
