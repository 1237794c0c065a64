package io.dagshell.tables.csv;

import io.dagshell.tables.TableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Where the bytes of a csv file come from. Can be opened again and again. */
public sealed interface Source permits Source.File, WebSource, RemoteSource {

    /** As messages name it. */
    String name();

    /** The bytes as they are stored, packed or not. */
    Opened open() throws IOException;

    /**
     * An open source.
     *
     * @param length in bytes, or -1 if unknown
     */
    record Opened(InputStream bytes, long length) {}

    /** The source at an address: {@code file:}, {@code http:}, {@code https:}, one that a block knows, or a path. */
    static Source of(URI address) {
        String scheme = address.getScheme();
        if (scheme == null) {
            return new File(Path.of(address.getPath() == null ? address.toString() : address.getPath()));
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "file" -> new File(Path.of(address));
            case "http", "https" -> new WebSource(address);
            default ->
                RemoteSource.find(address.toString())
                        .orElseThrow(() -> new IllegalArgumentException("cannot read " + address + ": " + scheme
                                + " is not an address this reads; use a path, file:, http:, https: or gs:"));
        };
    }

    static Source of(String pathOrAddress) {
        String start = pathOrAddress.toLowerCase(Locale.ROOT);
        boolean address = start.startsWith("http:") || start.startsWith("https:") || start.startsWith("file:");
        if (address) {
            return of(URI.create(pathOrAddress));
        }
        return RemoteSource.find(pathOrAddress)
                .<Source>map(found -> found)
                .orElseGet(() -> new File(Path.of(pathOrAddress)));
    }

    /** What the table is called: the last part of the name, without endings. */
    default String title() {
        String path = name().replaceFirst("[?#].*", "");
        String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return last.replaceFirst("(?i)(\\.(csv|tsv|jsonl|ndjson))?(\\.gz)?$", "");
    }

    /** A file of this machine. */
    record File(Path path) implements Source {
        @Override
        public String name() {
            return path.toString();
        }

        @Override
        public Opened open() throws IOException {
            try {
                if (Files.isDirectory(path)) {
                    throw new TableFileException(name(), "is a folder, not a file", null);
                }
                return new Opened(Files.newInputStream(path), Files.size(path));
            } catch (NoSuchFileException missing) {
                throw new TableFileException(name(), "no such file (looked in " + folder() + ")", missing);
            } catch (AccessDeniedException denied) {
                throw new TableFileException(name(), "may not be read by this user", denied);
            }
        }

        private Path folder() {
            Path parent = path.toAbsolutePath().normalize().getParent();
            return parent == null ? path.toAbsolutePath() : parent;
        }
    }
}
