package io.dagshell.tables;

import io.dagshell.engine.value.BlobReader;
import io.dagshell.engine.value.BlobWriter;
import io.dagshell.engine.value.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in memory, which counts how often it is read. */
final class MemoryBlobs implements BlobReader, BlobWriter {
    final Map<Digest, byte[]> content = new ConcurrentHashMap<>();
    int reads;
    boolean brief;

    @Override
    public Digest write(Content written) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.writeTo(bytes);
        Digest address = Digest.of(Digest.sha256().digest(bytes.toByteArray()));
        content.put(address, bytes.toByteArray());
        return address;
    }

    @Override
    public boolean isBrief() {
        return brief;
    }

    @Override
    public InputStream open(Digest address) throws IOException {
        reads++;
        byte[] bytes = content.get(address);
        if (bytes == null) {
            throw new IOException("no blob " + address);
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Path file(Digest address, String name) {
        throw new UnsupportedOperationException("tables are not files");
    }
}
