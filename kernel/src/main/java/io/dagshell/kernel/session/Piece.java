package io.dagshell.kernel.session;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * One snippet's part of a cell.
 *
 * @param offset where it begins in the cell's Java text
 * @param text as JShell gets it
 */
record Piece(int offset, String text) {

    /** Cuts Java text into snippets; what cannot be cut further is the last piece, and JShell says what is wrong. */
    static List<Piece> split(SourceCodeAnalysis analysis, String java, int offset) {
        List<Piece> pieces = new ArrayList<>();
        String rest = code(java);
        while (!rest.isEmpty()) {
            int at = offset + java.length() - rest.length();
            CompletionInfo info = analysis.analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            boolean whole = info.source() == null
                    || info.remaining() == null
                    || info.remaining().equals(rest);
            pieces.add(new Piece(at, whole ? rest : info.source()));
            rest = whole ? "" : code(info.remaining());
        }
        return pieces;
    }

    /** Without the blanks and comments before it, which JShell forgets: its lines would be counted without them. */
    private static String code(String text) {
        String rest = text.stripLeading();
        while (rest.startsWith("//") || rest.startsWith("/*") && !rest.startsWith("/**")) {
            boolean line = rest.startsWith("//");
            int end = line ? rest.indexOf('\n') : rest.indexOf("*/", 2) + 1;
            if (end <= 0) {
                return line ? "" : rest;
            }
            rest = rest.substring(end + 1).stripLeading();
        }
        return rest;
    }

    /** Whether its value is not to be shown: the person ended it with a semicolon. */
    boolean isSilenced(String java) {
        int end = Math.min(java.length(), offset + text.length());
        return java.substring(offset, end).stripTrailing().endsWith(";");
    }
}
