package io.dagshell.engine.value;

import java.util.HexFormat;

/** A SHA-256, as 64 lower-case hexadecimal characters. */
public record Digest(String hex) implements Comparable<Digest> {
    public Digest {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("not a SHA-256: " + hex);
        }
    }

    /** From the 32 raw bytes. */
    public static Digest of(byte[] raw) {
        return new Digest(HexFormat.of().formatHex(raw));
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
