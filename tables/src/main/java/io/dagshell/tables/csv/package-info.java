/**
 * Comma-separated text to typed columns. An address enters; bytes are unpacked and decoded on a thread of their own, split
 * into fields by FastCSV, and leave as tables, whole or in chunks. Types are proven, never guessed.
 */
@NullMarked
package io.dagshell.tables.csv;

import org.jspecify.annotations.NullMarked;
