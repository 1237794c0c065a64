package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.RecordConstructors;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * One snippet's part of a cell.
 *
 * @param offset where it begins in the cell's Java text
 * @param text as it stands there
 * @param access offsets in the text where JShell needs {@code public} and the person does not
 * @param complete whether it is one snippet for sure, not two or a part of one
 */
record Piece(int offset, String text, List<Integer> access, boolean complete) {
    private static final String PUBLIC = "public ";

    Piece {
        access = List.copyOf(access);
    }

    Piece(int offset, String text) {
        this(offset, text, false);
    }

    private Piece(int offset, String text, boolean complete) {
        this(offset, text, RecordConstructors.withoutAccess(text), complete);
    }

    /** Cuts Java text into snippets; what cannot be cut further is the last piece, and JShell says what is wrong. */
    static List<Piece> split(SourceCodeAnalysis analysis, String java, int offset) {
        List<Piece> pieces = new ArrayList<>();
        String rest = java;
        while (!rest.isBlank()) {
            int at = offset + java.length() - rest.length();
            CompletionInfo info = analysis.analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            boolean whole = info.source() == null
                    || info.remaining() == null
                    || info.remaining().equals(rest);
            pieces.add(new Piece(at, whole ? rest : info.source(), info.completeness() == Completeness.COMPLETE));
            rest = whole ? "" : info.remaining();
        }
        return pieces;
    }

    /** As JShell gets it. */
    String java() {
        StringBuilder java = new StringBuilder(text);
        for (int i = access.size() - 1; i >= 0; i--) {
            java.insert(access.get(i), PUBLIC);
        }
        return java.toString();
    }

    /** Where an offset of what JShell got stands in the cell's Java text. */
    int inCell(int javaOffset) {
        int inText = javaOffset;
        for (int place : access) {
            if (inText > place) {
                inText = Math.max(place, inText - PUBLIC.length());
            }
        }
        return offset + Math.min(inText, text.length());
    }

    /** Whether its value is not to be shown: the person ended it with a semicolon. */
    boolean isSilenced(String java) {
        int end = Math.min(java.length(), offset + text.length());
        return java.substring(offset, end).stripTrailing().endsWith(";");
    }
}
