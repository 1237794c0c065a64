package io.dagshell.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a cell between line magics, or a line magic.
 *
 * @param offset where it begins in the cell
 * @param text of the part; of a magic, what follows its name
 * @param magic name of the magic, its sign if it has no percent sign ({@code !}, {@code ?}, {@code /vars}), or empty for
 *     Java
 */
record Segment(int offset, String text, String magic) {
    private static final Pattern PARTS =
            Pattern.compile("[ \\t]*(?:%(?<name>[A-Za-z][\\w.]*)|(?<sign>!|\\?{1,2}|/[a-z]+))[ \\t]*(?<arguments>.*)");
    private static final Pattern ASKING = Pattern.compile("[ \\t]*(?<name>[\\w.$]+)(?<sign>\\?{1,2})[ \\t]*");

    /** Cuts a cell at the lines that are magics. */
    static List<Segment> split(String text) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        for (MagicLines.Line line : MagicLines.of(text)) {
            addJava(segments, from, text.substring(from, line.start()));
            segments.add(magic(line.start(), text.substring(line.start(), line.end())));
            from = line.end();
        }
        addJava(segments, from, text.substring(from));
        return segments;
    }

    /** A line that {@link MagicLines} found. */
    static Segment magic(int offset, String line) {
        Matcher asking = ASKING.matcher(line);
        if (asking.matches()) {
            return new Segment(offset, asking.group("name"), asking.group("sign"));
        }
        Matcher parts = PARTS.matcher(line);
        if (!parts.matches()) {
            throw new IllegalStateException("no magic line: " + line);
        }
        String name = parts.group("name") == null ? parts.group("sign") : parts.group("name");
        return new Segment(offset, parts.group("arguments").strip(), name);
    }

    boolean isMagic() {
        return !magic.isEmpty();
    }

    private static void addJava(List<Segment> segments, int from, String java) {
        if (!java.isBlank()) {
            segments.add(new Segment(from, java, ""));
        }
    }
}
