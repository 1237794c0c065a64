/** Tables for the eye: a table enters, and leaves as text, as one static HTML table, and as a small JSON document. */
@NullMarked
package io.dagshell.tables.preview;

import org.jspecify.annotations.NullMarked;
