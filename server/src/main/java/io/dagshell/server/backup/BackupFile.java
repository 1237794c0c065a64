package io.dagshell.server.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A backup that is read: a ZIP file with a SHA-256 of each part in its manifest, and one of the manifest beside it. Opening
 * it reads and checks all of it. Used by one thread.
 */
public final class BackupFile implements Closeable {
    static final String DATABASE = "database/";
    static final String LIBRARIES = "libraries/";
    static final String BLOCKS = "blocks";
    static final String MANIFEST = "manifest.json";
    static final String MANIFEST_SUM = "manifest.sha256";
    static final String ROWS = ".jsonl";

    private final ZipFile zip;
    private final Contents contents;

    private BackupFile(ZipFile zip, Contents contents) {
        this.zip = zip;
        this.contents = contents;
    }

    /**
     * Opens it, all of it checked.
     *
     * @throws BackupException it is not whole, or none
     */
    public static BackupFile open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (NoSuchFileException missing) {
            throw new BackupException("There is no file " + file + ".", missing);
        } catch (IOException cut) {
            throw new BackupException(
                    "The file " + file + " is no backup, or one that is cut off: " + cut.getMessage(), cut);
        }
        try {
            return new BackupFile(zip, checked(zip));
        } catch (IOException | RuntimeException failed) {
            zip.close();
            throw new BackupException(
                    "The backup " + file + " is damaged or not whole, and nothing was restored from it: "
                            + failed.getMessage(),
                    failed);
        }
    }

    private static Contents checked(ZipFile zip) throws IOException {
        byte[] manifest = bytes(zip, MANIFEST);
        String sum = new String(bytes(zip, MANIFEST_SUM), StandardCharsets.US_ASCII);
        if (!sum.equals(digest(manifest))) {
            throw new IOException("the list of its parts was changed");
        }
        Contents contents = Contents.read(manifest);
        for (var part : contents.parts().entrySet()) {
            if (!digest(zip, part.getKey()).equals(part.getValue())) {
                throw new IOException(part.getKey() + " was changed");
            }
        }
        return contents;
    }

    private static String digest(ZipFile zip, String part) throws IOException {
        try (DigestInputStream in = new DigestInputStream(stream(zip, part), sha256())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    static String digest(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256.", impossible);
        }
    }

    private static byte[] bytes(ZipFile zip, String part) throws IOException {
        try (InputStream in = stream(zip, part)) {
            return in.readAllBytes();
        }
    }

    private static InputStream stream(ZipFile zip, String part) throws IOException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            throw new IOException(part + " is missing");
        }
        return zip.getInputStream(entry);
    }

    /** What is in it. */
    public Contents contents() {
        return contents;
    }

    /** Tables in the order in which they are to be filled. */
    List<String> tables() {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(contents.parts()::containsKey)
                .filter(name -> name.startsWith(DATABASE))
                .map(name -> name.substring(DATABASE.length(), name.length() - ROWS.length()))
                .toList();
    }

    List<String> libraries() {
        return contents.parts().keySet().stream()
                .filter(name -> name.startsWith(LIBRARIES))
                .toList();
    }

    InputStream read(String part) throws IOException {
        return stream(zip, part);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
