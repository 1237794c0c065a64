package io.dagshell.engine.value;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in memory; files in a temporary folder. */
final class MemoryBlobs implements BlobReader, BlobWriter {
    private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public Digest write(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        Digest address = Digest.of(Digest.sha256().digest(bytes.toByteArray()));
        blobs.put(address, bytes.toByteArray());
        return address;
    }

    @Override
    public InputStream open(Digest address) throws IOException {
        byte[] bytes = blobs.get(address);
        if (bytes == null) {
            throw new IOException("no blob " + address);
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Path file(Digest address, String name) throws IOException {
        Path folder = Files.createTempDirectory("dagshell-blobs");
        try (InputStream in = open(address)) {
            Files.copy(in, folder.resolve(name));
        }
        return folder.resolve(name);
    }

    int size() {
        return blobs.size();
    }
}
