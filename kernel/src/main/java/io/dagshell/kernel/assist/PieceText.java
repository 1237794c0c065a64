package io.dagshell.kernel.assist;

import io.dagshell.kernel.assist.Lexing.Mode;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands where in Java text, as far as brackets, strings, comments and semicolons tell. */
public final class PieceText {
    private PieceText() {}

    /** Offset of the first character that is neither blank nor in a comment; the length if there is none. */
    public static int firstCode(String java) {
        String bare = withoutComments(java);
        return bare.length() - bare.stripLeading().length();
    }

    /** Where comments of one line begin. */
    public static Set<Integer> lineComments(String java) {
        return Lexing.stretches(java).stream()
                .filter(stretch -> stretch.mode() == Mode.LINE_COMMENT)
                .map(Lexing.Stretch::start)
                .collect(Collectors.toSet());
    }

    /** What Java text that stops somewhere stops in. */
    public enum End {
        /** Outside any piece: a statement or declaration may begin. */
        BETWEEN_STATEMENTS,
        /** In a piece that is not over, outside any bracket: an expression without its semicolon. */
        INSIDE_STATEMENT,
        /** In a bracket, string or comment. */
        ENCLOSED
    }

    /** What the text ends in. */
    public static End endOf(String java) {
        Lexing lexing = Lexing.of(java);
        if (!lexing.inCode() || !lexing.open().isEmpty()) {
            return End.ENCLOSED;
        }
        String code = codeOnly(java);
        int begun = 0;
        for (int end : lexing.ends()) {
            // an initializer's brace ends no statement: int[] a = {1}; int b = switch (a) {…} % 2;
            if (code.charAt(end - 1) == ';' || !assigns(code.substring(begun, end))) {
                begun = end;
            }
        }
        return code.substring(begun).isBlank() ? End.BETWEEN_STATEMENTS : End.INSIDE_STATEMENT;
    }

    /** Whether the text ends in what an operator may follow: a name, a literal, a closed bracket. */
    public static boolean endsInOperand(String java) {
        String code = codeOnly(java).stripTrailing();
        if (code.isEmpty()) {
            return false;
        }
        char last = code.charAt(code.length() - 1);
        return Character.isJavaIdentifierPart(last) || last == ')' || last == ']' || last == '"';
    }

    private static boolean assigns(String code) {
        int depth = 0;
        for (int i = 0; i < code.length(); i++) {
            switch (code.charAt(i)) {
                case '(', '[', '{' -> depth++;
                case ')', ']', '}' -> depth--;
                case '=' -> {
                    if (depth == 0) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** Comments blanked, strings and characters as so many quotes. */
    private static String codeOnly(String java) {
        StringBuilder code = new StringBuilder(withoutComments(java));
        for (Lexing.Stretch stretch : Lexing.stretches(java)) {
            if (!isComment(stretch)) {
                fill(code, stretch, '"');
            }
        }
        return code.toString();
    }

    public static String withoutComments(String java) {
        if (java.indexOf('/') < 0) {
            return java;
        }
        StringBuilder blanked = new StringBuilder(java);
        Lexing.stretches(java).stream().filter(PieceText::isComment).forEach(comment -> fill(blanked, comment, ' '));
        return blanked.toString();
    }

    private static boolean isComment(Lexing.Stretch stretch) {
        return stretch.mode() == Mode.LINE_COMMENT || stretch.mode() == Mode.BLOCK_COMMENT;
    }

    private static void fill(StringBuilder text, Lexing.Stretch stretch, char with) {
        for (int i = stretch.start(); i < stretch.end(); i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, with);
            }
        }
    }
}
