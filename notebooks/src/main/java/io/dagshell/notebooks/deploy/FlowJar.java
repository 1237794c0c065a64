package io.dagshell.notebooks.deploy;

import io.dagshell.magics.slice.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The bytes of {@code flow.jar}: entries in order of their names, one fixed time, so equal contents are equal bytes. */
final class FlowJar {
    // The first instant the zip format can name; each entry has it.
    private static final LocalDateTime FIXED = LocalDateTime.of(1980, 1, 1, 0, 0);

    private FlowJar() {}

    static byte[] of(Slice slice, FlowJarRuntime runtime, byte[] flowJson, String lock) {
        SortedMap<String, byte[]> entries = new TreeMap<>(runtime.classes());
        slice.classes().forEach((name, bytes) -> entries.put(name.replace('.', '/') + ".class", bytes));
        entries.put("flow.json", flowJson);
        entries.put("deps.lock", lock.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            jar.setLevel(Deflater.BEST_COMPRESSION);
            put(
                    jar,
                    "META-INF/MANIFEST.MF",
                    manifest(runtime.mainClass(), slice.manifest().jdk()));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(jar, entry.getKey(), entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a jar in memory could not be written", impossible);
        }
        return bytes.toByteArray();
    }

    // Opened so that a run reads and writes UTF-8 wherever it is started. Native access is for the database driver of
    // the run record, which newer JDKs would warn about on every start.
    private static byte[] manifest(String mainClass, int jdk) {
        String text = "Manifest-Version: 1.0\r\nMain-Class: " + mainClass + "\r\nDagShell-Jdk: " + jdk
                + "\r\nAdd-Opens: java.base/java.nio.charset\r\nEnable-Native-Access: ALL-UNNAMED\r\n\r\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ZipOutputStream jar, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(FIXED);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }
}
