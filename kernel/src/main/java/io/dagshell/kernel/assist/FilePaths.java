package io.dagshell.kernel.assist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Completes the path of a file that is being typed. */
public final class FilePaths {
    private static final int LIMIT = 200;

    private FilePaths() {}

    /**
     * Completes the last part of a path.
     *
     * @param typed all of the path typed so far
     * @param cursor where it ends in the text
     * @param folder that relative paths start from
     */
    public static Candidates complete(String typed, int cursor, Path folder) {
        int slash = typed.lastIndexOf('/');
        String parent = typed.substring(0, slash + 1);
        String prefix = typed.substring(slash + 1);
        return new Candidates(cursor - prefix.length(), entries(parent, prefix, folder));
    }

    private static List<Candidate> entries(String parent, String prefix, Path folder) {
        try {
            String inHome = parent.startsWith("~/") ? System.getProperty("user.home") + parent.substring(1) : parent;
            Path directory = folder.toAbsolutePath().resolve(inHome);
            if (!Files.isDirectory(directory)) {
                return List.of();
            }
            try (Stream<Path> entries = Files.list(directory)) {
                return entries.filter(entry -> fits(entry.getFileName().toString(), prefix))
                        .sorted()
                        .limit(LIMIT)
                        .map(FilePaths::candidate)
                        .toList();
            }
        } catch (IOException | InvalidPathException notAFolder) {
            return List.of();
        }
    }

    private static boolean fits(String name, String prefix) {
        boolean hidden = name.startsWith(".") && !prefix.startsWith(".");
        return !hidden && name.startsWith(prefix);
    }

    private static Candidate candidate(Path entry) {
        String name = entry.getFileName().toString();
        return new Candidate(Files.isDirectory(entry) ? name + "/" : name, "path", "");
    }
}
