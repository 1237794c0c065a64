package io.dagshell.engine.event;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A line of an outbox: eight digits of checksum (CRC-32 of the rest, hexadecimal), a blank, and the JSON of an event.
 * Whoever reads the file stops before a line that was not written whole.
 */
public final class OutboxLine {
    /** Name of the file within a run's outbox folder. */
    public static final String FILE = "events";

    private static final int DIGITS = 8;

    private OutboxLine() {}

    /** The line of an event, without a line break. */
    public static String of(String json) {
        return checksum(json) + " " + json;
    }

    /** The JSON of a line; empty if the line is torn or damaged. */
    public static Optional<String> json(String line) {
        if (line.length() <= DIGITS || line.charAt(DIGITS) != ' ') {
            return Optional.empty();
        }
        String json = line.substring(DIGITS + 1);
        return checksum(json).equals(line.substring(0, DIGITS)) ? Optional.of(json) : Optional.empty();
    }

    private static String checksum(String json) {
        CRC32 crc = new CRC32();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
