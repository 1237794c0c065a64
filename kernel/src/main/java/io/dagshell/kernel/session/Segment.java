package io.dagshell.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a cell between line magics, or a line magic.
 *
 * @param offset where it begins in the cell
 * @param text of the part; of a magic, what follows its name
 * @param magic name of the magic, or empty for Java
 */
record Segment(int offset, String text, String magic) {
    private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]*%([A-Za-z][\\w.]*)(?:[ \\t]+(.*))?$");

    /**
     * Cuts a cell at the lines that are magics.
     *
     * @param complete whether the Java before such a line may end there; if not, the line is its continuation
     */
    static List<Segment> split(String text, Predicate<String> complete) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            String before = text.substring(from, line.start());
            if (before.isBlank() || complete.test(before)) {
                addJava(segments, from, before);
                String arguments = line.group(2) == null ? "" : line.group(2).strip();
                segments.add(new Segment(line.start(), arguments, line.group(1)));
                from = line.end();
            }
        }
        addJava(segments, from, text.substring(from));
        return segments;
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
