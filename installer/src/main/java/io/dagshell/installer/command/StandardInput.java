package io.dagshell.installer.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Lines that a script pipes in. */
final class StandardInput {

    private StandardInput() {}

    /** The next line without its end; nothing beyond it is taken. */
    static String line() {
        try {
            java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
            int read = System.in.read();
            while (read >= 0 && read != '\n') {
                line.write(read);
                read = System.in.read();
            }
            return line.toString(StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
