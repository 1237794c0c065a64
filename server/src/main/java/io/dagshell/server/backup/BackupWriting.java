package io.dagshell.server.backup;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A backup that is written, part after part. Used by one thread. */
final class BackupWriting implements Closeable {
    private final FileChannel channel;
    private final ZipOutputStream zip;
    private final SortedMap<String, String> parts = new TreeMap<>();

    /** To a file that is there and empty. */
    BackupWriting(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    }

    /** What writes a part. */
    interface Part<T> {
        T write(OutputStream out) throws IOException;
    }

    /** Texts become a tenth of their size. */
    <T> T texts(String name, Part<T> part) throws IOException {
        return part(name, Deflater.DEFAULT_COMPRESSION, part);
    }

    /** Jars are compressed already. */
    <T> T bytes(String name, Part<T> part) throws IOException {
        return part(name, Deflater.NO_COMPRESSION, part);
    }

    private <T> T part(String name, int level, Part<T> part) throws IOException {
        zip.setLevel(level);
        zip.putNextEntry(new ZipEntry(name));
        DigestOutputStream out = new DigestOutputStream(new Open(zip), BackupFile.sha256());
        T result = part.write(out);
        out.flush();
        zip.closeEntry();
        parts.put(name, HexFormat.of().formatHex(out.getMessageDigest().digest()));
        return result;
    }

    /** The manifest, and all of it on the disk. */
    Contents finish(Function<SortedMap<String, String>, Contents> contents) throws IOException {
        Contents written = contents.apply(parts);
        byte[] manifest = written.json();
        bytes(BackupFile.MANIFEST, out -> {
            out.write(manifest);
            return 0;
        });
        bytes(BackupFile.MANIFEST_SUM, out -> {
            out.write(BackupFile.digest(manifest).getBytes(StandardCharsets.US_ASCII));
            return 0;
        });
        zip.finish();
        zip.flush();
        channel.force(true);
        return written;
    }

    /** Stays open for the next part. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Whatever was written so far: a disk that is full would have the ZIP's own end fail once more. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
