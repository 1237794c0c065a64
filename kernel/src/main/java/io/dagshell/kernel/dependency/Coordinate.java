package io.dagshell.kernel.dependency;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Maven artifact by name.
 *
 * @param extension {@code jar} unless said otherwise
 * @param classifier empty for none
 * @param version a version, a range or empty, if it comes from a BOM
 */
public record Coordinate(String group, String artifact, String extension, String classifier, String version) {
    private static final Pattern NAME = Pattern.compile("[\\w.-]+");
    private static final Pattern VERSION =
            Pattern.compile("[\\w.+-]+|[\\[(][\\w.+,-]*[\\])](,[\\[(][\\w.+,-]*[\\])])*");
    private static final Set<String> EXTENSIONS =
            Set.of("jar", "pom", "zip", "war", "ear", "aar", "bundle", "test-jar", "tar.gz", "so", "dll", "dylib");

    /** The forms there are, for messages. */
    public static final String FORMS = "group:artifact:version, group:artifact (version from a BOM),"
            + " group:artifact:extension:classifier:version or group:artifact:version:classifier@extension";

    /**
     * Reads {@code g:a:v}, {@code g:a}, Maven's {@code g:a:extension[:classifier]:v}, or {@code g:a:v[:classifier][@extension]}
     * as jbang and Gradle write it.
     *
     * @throws IllegalArgumentException it is none of these; the message is a sentence
     */
    public static Coordinate parse(String text) {
        int at = text.lastIndexOf('@');
        String plain = at < 0 ? text : text.substring(0, at);
        String extension = at < 0 ? "jar" : text.substring(at + 1);
        String[] parts = plain.split(":", -1);
        Coordinate read = switch (parts.length) {
            case 2 -> new Coordinate(parts[0], parts[1], extension, "", "");
            case 3 -> new Coordinate(parts[0], parts[1], extension, "", parts[2]);
            case 4 ->
                EXTENSIONS.contains(parts[2])
                        ? new Coordinate(parts[0], parts[1], parts[2], "", parts[3])
                        : new Coordinate(parts[0], parts[1], extension, parts[3], parts[2]);
            case 5 -> new Coordinate(parts[0], parts[1], parts[2], parts[3], parts[4]);
            default -> throw malformed(text);
        };
        boolean wellFormed = isName(read.group)
                && isName(read.artifact)
                && isName(read.extension)
                && (read.classifier.isEmpty() || isName(read.classifier))
                && (parts.length == 2 || VERSION.matcher(read.version).matches());
        if (!wellFormed) {
            throw malformed(text);
        }
        return read;
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("'" + text + "' is no Maven coordinate; write " + FORMS);
    }

    /** What all versions of it have in common: {@code g:a}, with extension and classifier where they are not plain. */
    public String key() {
        String plain = group + ":" + artifact;
        if (extension.equals("jar") && classifier.isEmpty()) {
            return plain;
        }
        return plain + ":" + extension + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    /** The same thing in another version. */
    public Coordinate withVersion(String other) {
        return new Coordinate(group, artifact, extension, classifier, other);
    }

    @Override
    public String toString() {
        return version.isEmpty() ? key() : key() + ":" + version;
    }
}
