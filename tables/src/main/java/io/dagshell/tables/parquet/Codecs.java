package io.dagshell.tables.parquet;

import io.airlift.compress.Compressor;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How pages are packed, in pure Java: no native library to unpack at start. Each packer is used by one thread. */
final class Codecs implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Packer(codec, bytes -> bytes);
            case SNAPPY -> packer(codec, new SnappyCompressor());
            case ZSTD -> packer(codec, new ZstdCompressor());
            case LZ4_RAW -> packer(codec, new Lz4Compressor());
            case GZIP -> new Packer(codec, Codecs::gzip);
            default -> throw unknown(codec);
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Unpacker((bytes, size) -> bytes);
            case SNAPPY -> unpacker(SnappyDecompressor::new);
            case ZSTD -> unpacker(ZstdDecompressor::new);
            case LZ4_RAW -> unpacker(Lz4Decompressor::new);
            case GZIP -> new Unpacker(Codecs::gunzip);
            default -> throw unknown(codec);
        };
    }

    @Override
    public void release() {
        // nothing outside the heap
    }

    private static UnsupportedOperationException unknown(CompressionCodecName codec) {
        return new UnsupportedOperationException(
                "pages packed with " + codec + " are not read; snappy, zstd, gzip, lz4_raw and unpacked ones are");
    }

    private interface Pack {
        byte[] pack(byte[] bytes) throws IOException;
    }

    private interface Unpack {
        byte[] unpack(byte[] bytes, int size) throws IOException;
    }

    private static Packer packer(CompressionCodecName codec, Compressor compressor) {
        return new Packer(codec, bytes -> {
            byte[] packed = new byte[compressor.maxCompressedLength(bytes.length)];
            int length = compressor.compress(bytes, 0, bytes.length, packed, 0, packed.length);
            return Arrays.copyOf(packed, length);
        });
    }

    /** One per thread: columns are unpacked side by side by what is one decompressor to the library. */
    private static Unpacker unpacker(Supplier<Decompressor> make) {
        ThreadLocal<Decompressor> own = ThreadLocal.withInitial(make);
        return new Unpacker((bytes, size) -> {
            byte[] unpacked = new byte[size];
            int length = own.get().decompress(bytes, 0, bytes.length, unpacked, 0, size);
            if (length != size) {
                throw new IOException("a page of " + size + " bytes unpacked to " + length);
            }
            return unpacked;
        });
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] gunzip(byte[] bytes, int size) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] unpacked = gzip.readNBytes(size);
            if (unpacked.length != size) {
                throw new IOException("a page of " + size + " bytes unpacked to " + unpacked.length);
            }
            return unpacked;
        }
    }

    private record Packer(CompressionCodecName codec, Pack pack) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(pack.pack(bytes.toByteArray()));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {
            // nothing outside the heap
        }
    }

    private record Unpacker(Unpack unpack) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            try {
                return BytesInput.from(unpack.unpack(bytes.toByteArray(), size));
            } catch (RuntimeException broken) {
                throw new IOException("a page cannot be unpacked: " + broken.getMessage(), broken);
            }
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer unpacked, int size) throws IOException {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            unpacked.put(unpack.unpack(bytes, size));
        }

        @Override
        public void release() {
            // nothing outside the heap
        }
    }
}
