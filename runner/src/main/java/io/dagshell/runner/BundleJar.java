package io.dagshell.runner;

import io.dagshell.bootstrap.Bootstrap;
import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.LibraryStore;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One jar that runs a flow on a machine with nothing but a JDK: {@code flow.jar}, its {@code deployment.yaml}, and each
 * library of its lock whole, as {@link Entry#inBundle}. {@link Bootstrap} puts the libraries into the store of the
 * machine at the first start, where two loaders read them as in every other run; so none is merged with another, and
 * service files and signatures stay as they are (docs/decisions/bundles.md).
 *
 * <pre>{@code
 * BundleJar.write(flowJar, deploymentYaml, lock, store, Path.of("etl.jar"));
 * }</pre>
 *
 * <p>The same contents are the same bytes: entries in order of their names, at one fixed time, none compressed.
 */
public final class BundleJar {
    /** The page of the deployment within a bundle, read instead of one beside it. */
    static final String PAGE = "deployment.yaml";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    // The first instant the zip format can name.
    private static final LocalDateTime FIXED = LocalDateTime.of(1980, 1, 1, 0, 0);

    private BundleJar() {}

    /**
     * Writes it; a file that is there is replaced once all is written.
     *
     * @param flowJar bytes of a {@code flow.jar}
     * @param page bytes of its {@code deployment.yaml}
     * @param store has all libraries of {@code lock}
     * @throws IOException a library is not there or damaged, or the file cannot be written
     */
    public static void write(byte[] flowJar, byte[] page, DependencyLock lock, LibraryStore store, Path target)
            throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        byte[] manifest = read(flowJar, entries);
        // Those of an older build may not know of bundles.
        entries.putAll(FlowJarClasses.all());
        entries.put(PAGE, page);
        SortedMap<String, Path> libraries = new TreeMap<>();
        for (Entry entry : lock.entries()) {
            libraries.put(entry.inBundle(), store.find(entry));
        }
        Path part = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part));
                    ZipOutputStream jar = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
                put(jar, MANIFEST, manifest);
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    put(jar, entry.getKey(), entry.getValue());
                }
                for (Map.Entry<String, Path> library : libraries.entrySet()) {
                    put(jar, library.getKey(), Files.readAllBytes(library.getValue()));
                }
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Answers the manifest, and fills the others in. */
    private static byte[] read(byte[] flowJar, SortedMap<String, byte[]> entries) throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(flowJar))) {
            if (jar.getManifest() == null) {
                throw new IOException("The flow.jar of this deployment has no manifest; build the deployment again.");
            }
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                entries.put(entry.getName(), jar.readAllBytes());
            }
            ByteArrayOutputStream manifest = new ByteArrayOutputStream();
            jar.getManifest().write(manifest);
            return manifest.toByteArray();
        }
    }

    /** Jars are compressed already, and what is not is the same bytes whichever JDK writes it. */
    private static void put(ZipOutputStream jar, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(FIXED);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setCrc(checksum.getValue());
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }
}
