package io.dagshell.magics.slice;

import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.value.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A slice as bytes, to be kept for another process of the same build and JDK.
 *
 * <pre>
 * flow.json   classes   classes of defaults   holders of defaults   SHA-256 of all before
 * </pre>
 */
public final class SliceBytes {
    private static final int CHECK = 32;

    private SliceBytes() {}

    /** Equal slices, equal bytes. */
    public static byte[] write(Slice slice) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, ManifestJson.write(slice.manifest()));
            write(out, slice.classes());
            write(out, slice.defaults().classes());
            SortedMap<String, byte[]> holders = new TreeMap<>();
            slice.defaults()
                    .holders()
                    .forEach((name, holder) -> holders.put(name, holder.getBytes(StandardCharsets.UTF_8)));
            write(out, holders);
            out.write(Digest.sha256().digest(bytes.toByteArray()));
        } catch (IOException impossible) {
            throw new UncheckedIOException("written to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException they are damaged or cut
     */
    public static Slice read(byte[] bytes) throws IOException {
        int end = bytes.length - CHECK;
        if (end < 0) {
            throw new IOException("a slice of " + bytes.length + " bytes is cut");
        }
        MessageDigest digest = Digest.sha256();
        digest.update(bytes, 0, end);
        if (!MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
            throw new IOException("a slice is damaged");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
            byte[] manifest = in.readNBytes(in.readInt());
            SortedMap<String, byte[]> classes = map(in);
            SortedMap<String, byte[]> ofDefaults = map(in);
            SortedMap<String, String> holders = new TreeMap<>();
            map(in).forEach((name, holder) -> holders.put(name, new String(holder, StandardCharsets.UTF_8)));
            return new Slice(ManifestJson.read(manifest), classes, new DefaultValues(ofDefaults, holders));
        }
    }

    private static void write(DataOutputStream out, SortedMap<String, byte[]> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, byte[]> each : map.entrySet()) {
            write(out, each.getKey().getBytes(StandardCharsets.UTF_8));
            write(out, each.getValue());
        }
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    private static SortedMap<String, byte[]> map(DataInputStream in) throws IOException {
        SortedMap<String, byte[]> map = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            map.put(name, in.readNBytes(in.readInt()));
        }
        return map;
    }
}
