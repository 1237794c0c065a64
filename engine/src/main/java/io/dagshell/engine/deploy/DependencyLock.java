package io.dagshell.engine.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

    /**
     * Whose library it is: DagShell's own, which code of cells does not see; one of those that are loaded apart when a cloud
     * is first used; or one the notebook declared.
     */
    public enum Role {
        RUNTIME,
        CLOUD,
        USER;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Role> of(String word) {
            return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
        }
    }

    /**
     * One jar.
     *
     * @param sha256 of the file, hexadecimal
     * @param file name of the jar without a folder
     * @param coordinate {@code group:artifact:version}, empty for DagShell's own jars
     */
    public record Entry(Role role, String sha256, String file, String coordinate) {
        /** Path of this jar within a bundle, {@code libraries/<sha256>/<file>}. */
        public String inBundle() {
            return "libraries/" + sha256 + "/" + file;
        }
    }

    /** The jars of one role, in order of the class path. */
    public List<Entry> of(Role role) {
        return entries.stream().filter(entry -> entry.role() == role).toList();
    }

    /** The file's text. */
    public String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Entry entry : entries) {
            text.append((entry.role().word() + ' ' + entry.sha256() + ' ' + entry.file() + ' ' + entry.coordinate())
                            .strip())
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
            Optional<Role> role = Role.of(words[0]);
            if (words.length < 3 || words.length > 4 || role.isEmpty()) {
                throw new IllegalArgumentException("deps.lock: not 'role sha256 file [coordinate]': " + line);
            }
            entries.add(new Entry(role.get(), words[1], words[2], words.length == 4 ? words[3] : ""));
        }
        return new DependencyLock(entries);
    }
}
