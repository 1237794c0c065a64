package io.dagshell.store;

import java.time.Instant;

/**
 * A line of log or output of a call.
 *
 * @param level {@code DEBUG INFO WARN ERROR}, or {@code STDOUT STDERR}
 * @param cached replayed from a cached result
 */
public record LogRecord(int ordinal, Instant at, String level, String text, boolean cached) {}
