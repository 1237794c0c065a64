package io.dagshell.tables.csv;

import io.dagshell.tables.RemoteFiles;
import io.dagshell.tables.TableFileException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** A file at an address that another room knows. */
record RemoteSource(String name, RemoteFiles.RemoteFile file) implements Source {

    /** Empty if nobody knows addresses that start so. */
    static Optional<RemoteSource> find(String address) {
        int colon = address.indexOf(':');
        if (colon < 2) {
            return Optional.empty(); // a path, or the letter of a drive
        }
        String scheme = address.substring(0, colon).toLowerCase(Locale.ROOT);
        return ServiceLoader.load(RemoteFiles.class, RemoteFiles.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(files -> files.schemes().contains(scheme))
                .findFirst()
                .map(files -> new RemoteSource(address, files.at(address)));
    }

    @Override
    public Opened open() throws IOException {
        try {
            RemoteFiles.Content content = file.open();
            return new Opened(content.bytes(), content.length());
        } catch (IOException refused) {
            throw new TableFileException(name, String.valueOf(refused.getMessage()), refused);
        }
    }
}
