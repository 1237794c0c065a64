/** Columns as arrays: builds Tablesaw columns from arrays, takes them apart, and picks rows; no copies but needed ones. */
@NullMarked
package io.dagshell.tables.column;

import org.jspecify.annotations.NullMarked;
