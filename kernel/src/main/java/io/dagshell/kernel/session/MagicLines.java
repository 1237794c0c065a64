package io.dagshell.kernel.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a cell that are no Java, blanked so that the rest keeps its place. */
final class MagicLines {
    private static final Pattern LINE =
            Pattern.compile("(?m)^[ \\t]*(%[A-Za-z]|![^=]|\\?\\s*[A-Za-z]|/[a-z]+\\b)[^\\n]*$");
    private static final Pattern TIMED = Pattern.compile("^\\s*%%time\\b[^\\n]*");
    private static final Pattern BEGINS_ANEW = Pattern.compile("(?s)(.*[;}]\\s*)?");

    private MagicLines() {}

    /** The text with each such line blanked, where Java may not go on. */
    static String blanked(String text) {
        StringBuilder java = new StringBuilder(text);
        Matcher timed = TIMED.matcher(text);
        if (timed.lookingAt()) {
            blank(java, 0, timed.end());
        }
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            if (BEGINS_ANEW.matcher(java.substring(0, line.start())).matches()) {
                blank(java, line.start(), line.end());
            }
        }
        return java.toString();
    }

    private static void blank(StringBuilder java, int from, int to) {
        for (int i = from; i < to; i++) {
            if (java.charAt(i) != '\n') {
                java.setCharAt(i, ' ');
            }
        }
    }
}
