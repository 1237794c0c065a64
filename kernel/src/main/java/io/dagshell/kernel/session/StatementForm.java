package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.PieceText;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Expressions as statements, which JShell compiles once instead of finding their type and declaring a variable for their
 * value. Only a guess by the first and last characters: what is no expression does not compile in this form.
 */
final class StatementForm {
    /** In a block, since JShell asks for the type of a statement that is an expression. */
    private static final String VALUE = "{ " + WovenCalls.class.getName() + ".value(";

    private static final Pattern NO_EXPRESSION = Pattern.compile("(?:@|\\{|(?:abstract|assert|break|class|continue|do"
            + "|enum|final|for|if|import|interface|native|non|package|private|protected|public|record|return|sealed"
            + "|static|strictfp|synchronized|throw|transient|try|var|volatile|while|yield)\\b)");
    /** A name and an opening parenthesis: a declaration has two words before it. */
    private static final Pattern CALL = Pattern.compile("(?!(?:assert|catch|do|else|finally|for|if|return|super|switch"
            + "|synchronized|this|throw|try|while|yield)\\b)[\\p{L}_$][\\w$]*(?:\\s*\\.\\s*[\\p{L}_$][\\w$]*)*\\s*\\(");

    private static final Pattern NAME_AND_INDEX =
            Pattern.compile("[\\p{L}_$][\\w$]*(?:\\.[\\p{L}_$][\\w$]*)*(?:\\[[^\\]]*\\])*");
    /** {@code a.b[0] = }, {@code n += } and {@code n++}. */
    private static final Pattern ASSIGNMENT =
            Pattern.compile(NAME_AND_INDEX + "\\s*(?:=(?!=)|[-+*/%&|^]=|<<=|>>>?=|\\+\\+|--)");

    private static final Pattern STATEMENT = Pattern.compile("\\{|(?:do|for|if|try|while)\\b|synchronized\\s*\\(");

    private StatementForm() {}

    /**
     * The piece as one statement, on its own lines.
     *
     * @param shown whether its value is the cell's
     */
    static Optional<String> of(Piece piece, boolean shown) {
        if (!piece.complete() || !piece.access().isEmpty()) {
            return Optional.empty();
        }
        String bare = PieceText.withoutComments(piece.text()).strip();
        if (STATEMENT.matcher(bare).lookingAt()) {
            return Optional.of(around(piece.text(), "{ ", "\n}"));
        }
        if (shown) {
            return isExpression(bare) ? Optional.of(value(piece.text())) : Optional.empty();
        }
        boolean call =
                CALL.matcher(bare).lookingAt() || ASSIGNMENT.matcher(bare).lookingAt();
        return call && bare.endsWith(";") ? Optional.of(around(piece.text(), "{ ", "\n}")) : Optional.empty();
    }

    /** An expression as a statement that gives its value. */
    static String value(String expression) {
        return around(expression, VALUE, "\n); }");
    }

    private static boolean isExpression(String bare) {
        return !bare.isEmpty()
                && !bare.endsWith(";")
                && (!bare.endsWith("}") || bare.startsWith("new "))
                && !NO_EXPRESSION.matcher(bare).lookingAt();
    }

    private static String around(String text, String before, String after) {
        int start = PieceText.firstCode(text);
        return text.substring(0, start) + before + text.substring(start) + after;
    }
}
