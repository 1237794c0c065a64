package io.dagshell.installer.kernelspec;

import io.dagshell.installer.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The class-data archive of the {@code dagshell} command, made as a checkout makes its own: by {@code start.sh}, which also
 * uses it, and only with the Java and in the folder it was made for.
 */
final class CommandArchive {
    private CommandArchive() {}

    /** Makes the archive; false if it could not be made. */
    static boolean make(Jdk jdk, Distribution copy) throws IOException {
        Path start = copy.root().resolve("start.sh");
        if (!Files.exists(start)) {
            return false;
        }
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                ". \"$1\" && archive_dagshell \"$2\" \"$3\"",
                "sh",
                start.toString(),
                jdk.java().toString(),
                copy.root().toString());
        Rehearsed.run(command, Map.of(), copy.root().resolve("command-archive.log"));
        return Files.exists(copy.root().resolve("command.archived"));
    }
}
