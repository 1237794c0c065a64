package io.dagshell.engine.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The canonical encoding behind every key: one byte that says what follows, eight bytes of length where it varies, the
 * content. Small writes are gathered so that the digest sees large ones.
 */
public final class Sha256Sink implements DigestSink {
    private final MessageDigest sha = Digest.sha256();
    private final ByteBuffer gathered = ByteBuffer.allocate(512);
    private final Sources sources;

    private Sha256Sink(Sources sources) {
        this.sources = sources;
    }

    /** A sink for values that may point at files and addresses. */
    public static Sha256Sink create(Sources sources) {
        return new Sha256Sink(sources);
    }

    @Override
    public DigestSink tag(String name) {
        return item('T', name.getBytes(StandardCharsets.UTF_8));
    }

    /** UTF-8; a string with half a surrogate pair, which UTF-8 would garble, as UTF-16 under another mark. */
    @Override
    public DigestSink text(String value) {
        return Texts.isWellFormed(value)
                ? item('S', value.getBytes(StandardCharsets.UTF_8))
                : item('U', Texts.utf16(value));
    }

    @Override
    public DigestSink integer(long value) {
        room(9).put((byte) 'I').putLong(value);
        return this;
    }

    @Override
    public DigestSink decimal(double value) {
        room(9).put((byte) 'D').putLong(Double.doubleToLongBits(value));
        return this;
    }

    @Override
    public DigestSink bool(boolean value) {
        room(2).put((byte) 'B').put((byte) (value ? 1 : 0));
        return this;
    }

    @Override
    public DigestSink bytes(byte[] value, int offset, int length) {
        return item('Y', value, offset, length);
    }

    @Override
    public DigestSink absent() {
        room(1).put((byte) 'N');
        return this;
    }

    @Override
    public DigestSink fresh() {
        return new Sha256Sink(sources);
    }

    @Override
    public Sources sources() {
        return sources;
    }

    @Override
    public Digest finish() {
        flush();
        return Digest.of(sha.digest());
    }

    private DigestSink item(char mark, byte[] content) {
        return item(mark, content, 0, content.length);
    }

    private DigestSink item(char mark, byte[] content, int offset, int length) {
        room(9).put((byte) mark).putLong(length);
        if (length > gathered.capacity()) {
            flush();
            sha.update(content, offset, length);
            return this;
        }
        room(length).put(content, offset, length);
        return this;
    }

    private ByteBuffer room(int length) {
        if (gathered.remaining() < length) {
            flush();
        }
        return gathered;
    }

    private void flush() {
        sha.update(gathered.array(), 0, gathered.position());
        gathered.clear();
    }
}
