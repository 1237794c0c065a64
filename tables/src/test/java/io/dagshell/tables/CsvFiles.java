package io.dagshell.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes the files tests read. */
final class CsvFiles {
    private CsvFiles() {}

    static Path plain(Path folder, String... lines) throws IOException {
        Path file = Files.createTempFile(folder, "trips", ".csv");
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    static Path gzip(Path folder, String... lines) throws IOException {
        Path file = Files.createTempFile(folder, "trips", ".csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
