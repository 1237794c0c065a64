package io.dagshell.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Port: files to read and write at addresses of other kinds than the web's, such as {@code gs:}. Found by {@link java.util.ServiceLoader}. */
public interface RemoteFiles {

    /** The schemes of its addresses, without the colon. */
    List<String> schemes();

    /**
     * The file at an address, which may not be there. Asked on the thread that wants the file, before it is read.
     *
     * @throws IllegalArgumentException this is no address of a file
     */
    RemoteFile at(String address);

    /** A file elsewhere. Can be opened again and again, by any thread. */
    interface RemoteFile {
        /** @throws IOException the message says why, without the address */
        Content open() throws IOException;

        /**
         * Puts a file's content there, over what was there; nobody sees half of it.
         *
         * @throws IOException the message says why, without the address
         */
        void put(Path file) throws IOException;
    }

    /**
     * An open file.
     *
     * @param bytes as they are stored, packed or not; their end is an error if something is lacking
     * @param length in bytes, or -1 if unknown
     */
    record Content(InputStream bytes, long length) {}
}
