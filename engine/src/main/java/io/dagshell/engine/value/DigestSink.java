package io.dagshell.engine.value;

/**
 * Takes a canonical, length-prefixed, type-tagged encoding and digests it. Each method writes a tag and then the
 * content, so {@code 1} is not {@code "1"} and two strings are not their concatenation. Not thread-safe.
 */
public interface DigestSink {
    /** A type tag or structural marker: {@code list}, {@code record}, {@code table}. */
    DigestSink tag(String name);

    DigestSink text(String value);

    DigestSink integer(long value);

    /** By canonical bits: one NaN, and -0.0 is not 0.0. */
    DigestSink decimal(double value);

    DigestSink bool(boolean value);

    DigestSink bytes(byte[] value, int offset, int length);

    /** The missing value. */
    DigestSink absent();

    /** A new, empty sink, for a part digested on its own (maps ordered by encoded key, columns in parallel). */
    DigestSink fresh();

    /** State of the files and addresses in what is digested. */
    default Sources sources() {
        return Sources.local();
    }

    /** SHA-256 of all that was written; the sink is spent. */
    Digest finish();
}
