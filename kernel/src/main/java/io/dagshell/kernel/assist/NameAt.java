package io.dagshell.kernel.assist;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The name a question is about.
 *
 * @param java text around it
 * @param start where it begins
 * @param end behind it
 */
record NameAt(String java, int start, int end) {
    private static final String VALUE = "Object $ = ";
    private static final Set<String> NO_NAMES = Set.of("if", "for", "while", "switch", "catch", "try", "return", "new");

    /** The name at the cursor or right before it; else the one whose parentheses the cursor is in. */
    static Optional<NameAt> of(String java, int cursor) {
        int at = Math.max(0, Math.min(cursor, java.length()));
        Lexing lexing = Lexing.upTo(java, at);
        if (!lexing.inCode()) {
            return Optional.empty();
        }
        Optional<NameAt> here = around(java, at);
        if (here.isPresent()) {
            return here;
        }
        List<Integer> open = lexing.open();
        for (int i = open.size() - 1; i >= 0; i--) {
            if (java.charAt(open.get(i)) == '(') {
                int end = open.get(i);
                while (end > 0 && Character.isWhitespace(java.charAt(end - 1))) {
                    end--;
                }
                return around(java, behindTypeArguments(java, end));
            }
        }
        return Optional.empty();
    }

    /** {@code new ArrayList<String>(}: the name stands before the brackets. */
    private static int behindTypeArguments(String java, int end) {
        if (end == 0 || java.charAt(end - 1) != '>') {
            return end;
        }
        int depth = 0;
        for (int at = end - 1; at >= 0; at--) {
            depth += java.charAt(at) == '>' ? 1 : java.charAt(at) == '<' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return end;
    }

    private static Optional<NameAt> around(String java, int at) {
        int start = at;
        while (start > 0 && Character.isJavaIdentifierPart(java.charAt(start - 1))) {
            start--;
        }
        int end = at;
        while (end < java.length() && Character.isJavaIdentifierPart(java.charAt(end))) {
            end++;
        }
        NameAt name = new NameAt(java, start, end);
        boolean isName =
                start < end && Character.isJavaIdentifierStart(java.charAt(start)) && !NO_NAMES.contains(name.name());
        return isName ? Optional.of(name) : Optional.empty();
    }

    String name() {
        return java.substring(start, end);
    }

    /**
     * The name as a value, if it stands alone, where javac takes it for the beginning of some statement and looks for no
     * method of that name.
     */
    Optional<NameAt> asValue() {
        String head = java.substring(0, start);
        String behind = java.substring(end).lines().findFirst().orElse("").strip();
        boolean alone = behind.isEmpty() || behind.equals(";");
        if (!alone || PieceText.endOf(head) != PieceText.End.BETWEEN_STATEMENTS) {
            return Optional.empty();
        }
        String before = head + VALUE;
        return Optional.of(new NameAt(before + name() + ";", before.length(), before.length() + name().length()));
    }

    /** The text, its brackets closed. */
    String closed() {
        Lexing whole = Lexing.of(java);
        if (whole.inCode() && whole.open().isEmpty() && !whole.astray()) {
            return java;
        }
        String head = java.substring(0, end);
        boolean called = java.substring(end).stripLeading().startsWith("(");
        return head + (called ? "()" : "") + Lexing.of(head).closers(head) + ";";
    }
}
