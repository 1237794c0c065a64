package io.dagshell.store.orchestration;

import io.dagshell.engine.value.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of a deployment folder by name. Immutable. */
public final class FolderFiles {
    public static final String YAML = "deployment.yaml";
    public static final String MANIFEST = "flow.json";
    public static final String LOCK = "deps.lock";
    public static final String JAR = "flow.jar";
    public static final String NOTEBOOK = "notebook.ipynb";

    /** What a folder may hold; whatever else lies there is no part of the deployment. */
    public static final List<String> NAMES = List.of(YAML, MANIFEST, LOCK, JAR, NOTEBOOK);

    private final SortedMap<String, byte[]> content;

    private FolderFiles(SortedMap<String, byte[]> content) {
        this.content = content;
    }

    public static FolderFiles of(Map<String, byte[]> files) {
        SortedMap<String, byte[]> copy = new TreeMap<>();
        files.forEach((name, bytes) -> {
            if (!NAMES.contains(name)) {
                throw RefusedException.invalid(
                        "A deployment has no file " + name + "; it has " + String.join(", ", NAMES) + ".");
            }
            copy.put(name, bytes.clone());
        });
        return new FolderFiles(copy);
    }

    /** Those of {@link #NAMES} that lie in {@code folder}. */
    public static FolderFiles read(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String name : NAMES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                files.put(name, Files.readAllBytes(file));
            }
        }
        return new FolderFiles(files);
    }

    public SortedSet<String> names() {
        return new TreeSet<>(content.keySet());
    }

    public Optional<byte[]> bytes(String name) {
        return Optional.ofNullable(content.get(name)).map(byte[]::clone);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(content.get(name)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Hexadecimal SHA-256 of one file. */
    public String digest(String name) {
        return Digest.of(Digest.sha256().digest(content.getOrDefault(name, new byte[0])))
                .hex();
    }

    /** The version: hexadecimal SHA-256 of names and digests. */
    public String version() {
        MessageDigest all = Digest.sha256();
        content.forEach((name, bytes) -> {
            all.update((name + "\0").getBytes(StandardCharsets.UTF_8));
            all.update(Digest.sha256().digest(bytes));
        });
        return Digest.of(all.digest()).hex();
    }
}
