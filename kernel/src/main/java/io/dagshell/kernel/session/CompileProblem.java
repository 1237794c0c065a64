package io.dagshell.kernel.session;

import io.dagshell.kernel.session.CellText.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * What the compiler says about a cell, at the cell's own position.
 *
 * @param text the cell
 * @param position where it begins
 * @param width code points to underline, at least 1
 * @param message without JShell's wrapping showing through
 */
record CompileProblem(CellText text, Position position, int width, String message) {

    /** The errors of a snippet JShell refused. */
    static List<CompileProblem> rejected(JShell shell, Snippet snippet, CellText text, Piece piece) {
        List<CompileProblem> problems = new ArrayList<>();
        shell.diagnostics(snippet).filter(Diag::isError).forEach(error -> {
            long start =
                    Math.max(0, Math.min(error.getStartPosition(), piece.java().length()));
            long at = error.getPosition() == Diag.NOPOS ? start : error.getPosition();
            long end = Math.max(at, error.getEndPosition());
            problems.add(at(text, piece, (int) at, (int) (end - at), clean(error.getMessage(Locale.ROOT))));
        });
        if (problems.isEmpty()) {
            problems.add(at(text, piece, 0, 1, "this does not compile"));
        }
        return problems;
    }

    /** What a declaration uses that nobody declared. */
    static List<CompileProblem> undefined(JShell shell, DeclarationSnippet snippet, CellText text, Piece piece) {
        List<CompileProblem> problems = new ArrayList<>();
        shell.unresolvedDependencies(snippet).forEach(name -> {
            String simple = name.replaceFirst("^\\w+ ", "").replaceFirst("\\(.*", "");
            Matcher use = Pattern.compile("\\b" + Pattern.quote(simple) + "\\b").matcher(piece.java());
            int at = use.find() ? use.start() : 0;
            problems.add(at(text, piece, at, simple.length(), "cannot find symbol\n  symbol:   " + name));
        });
        if (problems.isEmpty()) {
            return rejected(shell, snippet, text, piece);
        }
        return problems;
    }

    private static CompileProblem at(CellText text, Piece piece, int offset, int width, String message) {
        int start = piece.inCell(offset);
        return new CompileProblem(text, text.position(start), Math.max(1, width), message);
    }

    private static String clean(String message) {
        return message.replaceAll("(?m)\\n?^\\s*location: class\\s*$", "")
                .replaceAll("REPL\\.\\$JShell\\$\\d+[A-Z]*\\.?", "")
                .stripTrailing();
    }
}
