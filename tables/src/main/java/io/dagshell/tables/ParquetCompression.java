package io.dagshell.tables;

/** How the pages of a written Parquet file are packed. All common readers know them. */
public enum ParquetCompression {
    /** Fast; what most writers use. */
    SNAPPY,
    /** A third smaller, a little slower. */
    ZSTD,
    GZIP,
    UNCOMPRESSED
}
