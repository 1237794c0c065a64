package io.dagshell.engine.picture;

/** Text that others wrote, made safe inside HTML and SVG, in content and in quoted attributes. */
public final class Markup {

    private Markup() {}

    /** Escapes markup; control and bidirectional-override characters become visible. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            append(safe, text.charAt(i));
        }
        return safe.toString();
    }

    /** The same characters made visible, for plain text on one line. */
    public static String visible(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            safe.append(isHidden(c) ? codePoint(c) : String.valueOf(c));
        }
        return safe.toString();
    }

    /** At most {@code limit} characters, the cut marked. */
    public static String shortened(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + "…";
    }

    private static void append(StringBuilder safe, char c) {
        switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.append(isHidden(c) ? codePoint(c) : String.valueOf(c));
        }
    }

    /** Controls, and the characters that reorder text (https://trojansource.codes). */
    private static boolean isHidden(char c) {
        return Character.isISOControl(c)
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200E'
                || c == '\u200F';
    }

    private static String codePoint(char c) {
        return c == '\n' || c == '\t' ? " " : "\\u%04X".formatted((int) c);
    }
}
