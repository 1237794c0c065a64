package io.dagshell.tables.csv;

import io.dagshell.engine.run.Call;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A source copied to a file, with progress and cancellation of the call this thread works for. */
public final class Fetched {
    private static final int PART = 1 << 18;

    private Fetched() {}

    /** @throws IOException it ended before the length the server told */
    public static void into(Path file, Source source) throws IOException {
        Optional<Call> call = CurrentCall.find();
        Source.Opened opened = source.open();
        try (CountedBytes bytes = new CountedBytes(opened.bytes(), opened.length());
                OutputStream out = Files.newOutputStream(file)) {
            byte[] part = new byte[PART];
            for (int got = bytes.read(part, 0, PART); got >= 0; got = bytes.read(part, 0, PART)) {
                out.write(part, 0, got);
                call.ifPresent(working -> {
                    working.cancellation().check();
                    working.progress().report(bytes.count(), bytes.expected(), "bytes");
                });
            }
        } catch (EOFException cut) {
            throw new IOException(source.name() + ": " + cut.getMessage(), cut);
        }
    }
}
