/** Parquet files (https://parquet.apache.org/docs/file-format/) to and from tables, column by column. */
@NullMarked
package io.dagshell.tables.parquet;

import org.jspecify.annotations.NullMarked;
