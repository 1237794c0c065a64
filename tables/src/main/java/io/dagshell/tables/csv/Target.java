package io.dagshell.tables.csv;

import io.dagshell.tables.RemoteFiles;
import io.dagshell.tables.TableFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a file of rows goes: a path of this machine, or an address that another room knows. */
public sealed interface Target {

    /** Has the file written, and puts it where it belongs when it is whole. */
    void write(Writing writing) throws IOException;

    /** Has the file of a path or address written; the path or address. */
    static String write(String pathOrAddress, Writing writing) throws IOException {
        of(pathOrAddress).write(writing);
        return pathOrAddress;
    }

    /** Writes all of a file under that name, whose endings say how. */
    interface Writing {
        void to(Path file) throws IOException;
    }

    /**
     * The place at a path or address.
     *
     * @throws IllegalArgumentException nothing is written to such addresses
     */
    static Target of(String pathOrAddress) {
        String start = pathOrAddress.toLowerCase(Locale.ROOT);
        if (start.startsWith("file:")) {
            return new Here(Path.of(URI.create(pathOrAddress)));
        }
        if (start.startsWith("http:") || start.startsWith("https:")) {
            throw new IllegalArgumentException("cannot write " + pathOrAddress + "; use a path, file: or gs:");
        }
        Optional<RemoteFiles.RemoteFile> elsewhere =
                RemoteSource.find(pathOrAddress).map(RemoteSource::file);
        return elsewhere.isPresent() ? new Elsewhere(pathOrAddress, elsewhere.get()) : new Here(Path.of(pathOrAddress));
    }

    /** A file of this machine. */
    record Here(Path path) implements Target {
        @Override
        public void write(Writing writing) throws IOException {
            writing.to(path);
        }
    }

    /** A file that is sent elsewhere. */
    record Elsewhere(String name, RemoteFiles.RemoteFile file) implements Target {
        private static final Pattern ENDINGS = Pattern.compile("(\\.[A-Za-z0-9]{1,10}){1,2}$");

        @Override
        public void write(Writing writing) throws IOException {
            Path folder = Files.createTempDirectory("dagshell-written");
            Matcher endings = ENDINGS.matcher(name);
            // not the whole name, which may be longer than a file's
            Path local = folder.resolve("table" + (endings.find() ? endings.group() : ""));
            try {
                writing.to(local);
                put(local);
            } finally {
                Files.deleteIfExists(local);
                Files.deleteIfExists(folder);
            }
        }

        private void put(Path local) throws IOException {
            try {
                file.put(local);
            } catch (IOException refused) {
                throw new TableFileException(name, String.valueOf(refused.getMessage()), refused);
            }
        }
    }
}
