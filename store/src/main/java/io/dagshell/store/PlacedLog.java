package io.dagshell.store;

/**
 * A line and its place among all lines.
 *
 * @param position rises in the order lines were written
 */
public record PlacedLog(long position, LogRecord line) {}
