package io.dagshell.magics.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The places in Java text where a top-level piece may end: behind a semicolon or closing brace outside any bracket,
 * string and comment.
 */
public final class Pieces {
    private final String text;
    private int position;
    private int depth;

    private Pieces(String text) {
        this.text = text;
    }

    /** Offsets behind each possible end, ascending; the text's length is the last. */
    public static List<Integer> ends(String text) {
        Pieces pieces = new Pieces(text);
        List<Integer> ends = new ArrayList<>();
        while (pieces.position < text.length()) {
            if (pieces.step()) {
                ends.add(pieces.position);
            }
        }
        if (ends.isEmpty() || ends.get(ends.size() - 1) < text.length()) {
            ends.add(text.length());
        }
        return ends;
    }

    /** The offset of the first character from {@code offset} that is neither blank nor in a comment. */
    public static int skipBlanks(String text, int offset) {
        Pieces pieces = new Pieces(text);
        pieces.position = offset;
        while (pieces.position < text.length()) {
            char c = text.charAt(pieces.position);
            if (Character.isWhitespace(c)) {
                pieces.position++;
            } else if (!pieces.skipComment()) {
                break;
            }
        }
        return pieces.position;
    }

    /** Goes on by a token or character; true if a piece may end here. */
    private boolean step() {
        if (skipComment() || skipQuoted()) {
            return false;
        }
        char c = text.charAt(position++);
        if (c == '{' || c == '(' || c == '[') {
            depth++;
        } else if (c == '}' || c == ')' || c == ']') {
            depth = Math.max(0, depth - 1);
        }
        return depth == 0 && (c == '}' || c == ';');
    }

    private boolean skipComment() {
        if (text.startsWith("//", position)) {
            position = endOf("\n", position + 2, 0);
            return true;
        }
        if (text.startsWith("/*", position)) {
            position = endOf("*/", position + 2, 2);
            return true;
        }
        return false;
    }

    private boolean skipQuoted() {
        if (text.startsWith("\"\"\"", position)) {
            skipTo("\"\"\"");
            return true;
        }
        char c = text.charAt(position);
        if (c == '"' || c == '\'') {
            skipTo(String.valueOf(c));
            return true;
        }
        return false;
    }

    private void skipTo(String quote) {
        position += quote.length();
        boolean block = quote.length() == 3;
        while (position < text.length() && !text.startsWith(quote, position)) {
            if (!block && text.charAt(position) == '\n') {
                return; // an unclosed quote ends with its line
            }
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        position = Math.min(text.length(), position + quote.length());
    }

    private int endOf(String mark, int from, int length) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + length;
    }
}
