package io.dagshell.engine.deploy;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code deps.lock}: the jars a deployed flow runs with, each by SHA-256. A line is {@code role sha256 file
 * [coordinate]}; lines that start with {@code #} are for people. Uses nothing but the JDK, for it is copied into {@code
 * flow.jar}, which reads it before any library is there.
 */
public record DependencyLock(List<Entry> entries) {
    private static final String HEAD = """
            # The libraries of this deployment: role, SHA-256, file, Maven coordinate.
            # DagShell keeps them in its library store (cache/libraries below DAGSHELL_HOME).
            """;

    public DependencyLock {
        entries = List.copyOf(entries);
    }

    /** Whose library it is: DagShell's own, which code of cells does not see, or one the notebook declared. */
    public enum Role {
        RUNTIME,
        USER
    }

    /**
     * One jar.
     *
     * @param sha256 of the file, hexadecimal
     * @param file name of the jar without a folder
     * @param coordinate {@code group:artifact:version}, empty for DagShell's own jars
     */
    public record Entry(Role role, String sha256, String file, String coordinate) {}

    /** The jars of one role, in order of the class path. */
    public List<Entry> of(Role role) {
        return entries.stream().filter(entry -> entry.role() == role).toList();
    }

    /** The file's text. */
    public String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Entry entry : entries) {
            String role = entry.role() == Role.RUNTIME ? "runtime" : "user";
            text.append((role + ' ' + entry.sha256() + ' ' + entry.file() + ' ' + entry.coordinate()).strip())
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException a line is not of that form
     */
    public static DependencyLock parse(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split(" +", -1);
            boolean wellFormed =
                    words.length >= 3 && (words[0].equals("runtime") || words[0].equals("user")) && words.length <= 4;
            if (!wellFormed) {
                throw new IllegalArgumentException("deps.lock: not 'role sha256 file [coordinate]': " + line);
            }
            Role role = words[0].equals("runtime") ? Role.RUNTIME : Role.USER;
            entries.add(new Entry(role, words[1], words[2], words.length == 4 ? words[3] : ""));
        }
        return new DependencyLock(entries);
    }
}
