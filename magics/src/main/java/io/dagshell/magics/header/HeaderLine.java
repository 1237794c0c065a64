package io.dagshell.magics.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header line of a cell, cut into words.
 *
 * @param kind what its first word names
 * @param number line in the cell, from 1
 * @param start offset of the percent signs
 * @param end offset behind the line's last character
 * @param words behind the first
 */
record HeaderLine(CellKind kind, int number, int start, int end, List<Word> words) {
    HeaderLine {
        words = List.copyOf(words);
    }

    /**
     * One option as written.
     *
     * @param name before the equals sign
     * @param value behind it, without quotes; empty if there is no equals sign
     * @param column of the name in the line, from 1
     * @param valueColumn of the value
     * @param closed false if a quote is left open
     */
    record Word(String name, Optional<String> value, int column, int valueColumn, boolean closed) {}

    static Optional<HeaderLine> of(String cell) {
        int number = 1;
        int lineStart = 0;
        while (lineStart < cell.length()) {
            int lineEnd = cell.indexOf('\n', lineStart);
            int end = lineEnd < 0 ? cell.length() : lineEnd;
            String line = cell.substring(lineStart, end);
            if (!line.isBlank()) {
                return of(line, number, lineStart);
            }
            lineStart = end + 1;
            number++;
        }
        return Optional.empty();
    }

    private static Optional<HeaderLine> of(String line, int number, int offset) {
        int start = line.indexOf("%%");
        if (start < 0 || !line.substring(0, start).isBlank()) {
            return Optional.empty();
        }
        int end = wordEnd(line, start + 2);
        return CellKind.of(line.substring(start + 2, end))
                .map(kind -> new HeaderLine(kind, number, offset + start, offset + line.length(), words(line, end)));
    }

    private static List<Word> words(String line, int from) {
        List<Word> words = new ArrayList<>();
        int at = skipBlanks(line, from);
        while (at < line.length()) {
            int end = wordEnd(line, at);
            words.add(word(line, at, end));
            at = skipBlanks(line, end);
        }
        return words;
    }

    private static Word word(String line, int start, int end) {
        String text = line.substring(start, end);
        int equals = text.indexOf('=');
        if (equals < 0) {
            return new Word(text, Optional.empty(), start + 1, start + 1, true);
        }
        String value = text.substring(equals + 1);
        boolean opened = value.startsWith("\"");
        boolean closed = !opened || (value.length() > 1 && value.endsWith("\""));
        String bare = opened ? value.substring(1, closed ? value.length() - 1 : value.length()) : value;
        return new Word(text.substring(0, equals), Optional.of(bare), start + 1, start + equals + 2, closed);
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Behind the last character of the word at {@code from}; blanks in quotes belong to it. */
    private static int wordEnd(String line, int from) {
        boolean quoted = false;
        int at = from;
        while (at < line.length() && (quoted || !Character.isWhitespace(line.charAt(at)))) {
            if (line.charAt(at) == '"') {
                quoted = !quoted;
            }
            at++;
        }
        return at;
    }
}
