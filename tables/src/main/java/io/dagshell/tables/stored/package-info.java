/**
 * Tables at rest. A table enters and leaves as content digest, or as one compressed blob in columns; a stored table is a
 * table whose columns are unpacked when somebody looks at them.
 */
@NullMarked
package io.dagshell.tables.stored;

import org.jspecify.annotations.NullMarked;
