package io.dagshell.kernel.assist;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Java text read up to an offset, without understanding it: brackets, strings, comments.
 *
 * @param mode what the offset stands in
 * @param modeStart where that begins; of code, 0
 * @param open offsets of brackets not closed, outermost first
 * @param astray whether a bracket closes what was not opened
 * @param ends offsets at which a top-level piece may end: behind a semicolon or closing brace outside any bracket
 */
record Lexing(Mode mode, int modeStart, List<Integer> open, boolean astray, List<Integer> ends) {
    Lexing {
        open = List.copyOf(open);
        ends = List.copyOf(ends);
    }

    /** What a place in Java text is part of. */
    enum Mode {
        CODE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        STRING,
        TEXT_BLOCK,
        CHARACTER
    }

    static Lexing of(String java) {
        return upTo(java, java.length());
    }

    static Lexing upTo(String java, int offset) {
        Reader reader = new Reader(java.substring(0, Math.min(offset, java.length())));
        while (reader.position < reader.text.length()) {
            reader.step();
        }
        return new Lexing(reader.mode, reader.modeStart, List.copyOf(reader.open), reader.astray, reader.ends);
    }

    /**
     * A string, comment or character.
     *
     * @param end behind its last character
     */
    record Stretch(Mode mode, int start, int end) {}

    /** All that is not code, in order. */
    static List<Stretch> stretches(String java) {
        Reader reader = new Reader(java);
        List<Stretch> stretches = new ArrayList<>();
        while (reader.position < java.length()) {
            Mode mode = reader.mode;
            int start = reader.modeStart;
            reader.step();
            boolean over = reader.mode == Mode.CODE || reader.position >= java.length();
            if (mode != Mode.CODE && over) {
                stretches.add(new Stretch(mode, start, reader.position));
            }
        }
        return stretches;
    }

    boolean inCode() {
        return mode == Mode.CODE;
    }

    /** What closes the open brackets, innermost first. */
    String closers(String java) {
        StringBuilder closers = new StringBuilder();
        for (int i = open.size() - 1; i >= 0; i--) {
            closers.append(
                    switch (java.charAt(open.get(i))) {
                        case '(' -> ")";
                        case '[' -> "]";
                        default -> ";}";
                    });
        }
        return closers.toString();
    }

    private static final class Reader {
        private final String text;
        private final Deque<Integer> open = new ArrayDeque<>();
        private final List<Integer> ends = new ArrayList<>();
        private int position;
        private Mode mode = Mode.CODE;
        private int modeStart;
        private boolean astray;

        Reader(String text) {
            this.text = text;
        }

        void step() {
            if (mode == Mode.CODE) {
                code();
                return;
            }
            String end = end();
            if (text.startsWith(end, position)) {
                position += mode == Mode.LINE_COMMENT ? 0 : end.length();
                enter(Mode.CODE, 0);
            } else if (text.charAt(position) == '\n' && (mode == Mode.STRING || mode == Mode.CHARACTER)) {
                enter(Mode.CODE, 0); // an unclosed quote ends with its line
            } else {
                boolean escape = text.charAt(position) == '\\' && !isComment();
                position = Math.min(text.length(), position + (escape ? 2 : 1));
            }
        }

        private String end() {
            return switch (mode) {
                case CODE -> throw new IllegalStateException("code has no end");
                case LINE_COMMENT -> "\n";
                case BLOCK_COMMENT -> "*/";
                case STRING -> "\"";
                case TEXT_BLOCK -> "\"\"\"";
                case CHARACTER -> "'";
            };
        }

        private boolean isComment() {
            return mode == Mode.LINE_COMMENT || mode == Mode.BLOCK_COMMENT;
        }

        private void enter(Mode next, int width) {
            mode = next;
            modeStart = next == Mode.CODE ? 0 : position;
            position += width;
        }

        private void code() {
            if (text.startsWith("//", position)) {
                enter(Mode.LINE_COMMENT, 2);
            } else if (text.startsWith("/*", position)) {
                enter(Mode.BLOCK_COMMENT, 2);
            } else if (text.startsWith("\"\"\"", position)) {
                enter(Mode.TEXT_BLOCK, 3);
            } else if (text.charAt(position) == '"') {
                enter(Mode.STRING, 1);
            } else if (text.charAt(position) == '\'') {
                enter(Mode.CHARACTER, 1);
            } else {
                bracket(text.charAt(position));
            }
        }

        private void bracket(char c) {
            if (c == '{' || c == '(' || c == '[') {
                open.addLast(position);
            } else if (c == '}' || c == ')' || c == ']') {
                Integer opened = open.pollLast();
                astray |= opened == null || text.charAt(opened) != opener(c);
            }
            position++;
            if (open.isEmpty() && (c == '}' || c == ';')) {
                ends.add(position);
            }
        }

        private static char opener(char closer) {
            return closer == '}' ? '{' : closer == ')' ? '(' : '[';
        }
    }
}
