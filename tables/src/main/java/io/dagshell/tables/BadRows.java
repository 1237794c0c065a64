package io.dagshell.tables;

/**
 * What to do with a row that does not fit: one with a value that is not of its column's type, or with more or fewer values
 * than the file has columns. Types that are found by reading take every value of the file, so that only a type said in a
 * schema, or found in the first rows of a stream, can be missed. Whatever is passed over is counted and told with its first
 * place, in the log of the call or below the cell. Bad quoting is always an error: nobody knows where such a row ends.
 */
public enum BadRows {
    /** The first one is an error with file, line and column. */
    FAIL,

    /** The row is left out. */
    SKIP,

    /** A value that does not fit is missing, and so are those a short row lacks. A row with too many values is an error. */
    NULL
}
