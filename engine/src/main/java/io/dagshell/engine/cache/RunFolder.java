package io.dagshell.engine.cache;

import io.dagshell.engine.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the results of one run are. */
record RunFolder(RunId run, Path path, FinishedLog log, FileBlobs blobs) {

    void delete() throws IOException {
        log.close();
        delete(path);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
