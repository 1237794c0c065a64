package io.dagshell.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Java text of a cell as a compilation unit javac can attribute, finished or not. Each declaration opens a class and
 * what follows it goes on inside, so everything sees what stands before it:
 *
 * <pre>{@code
 * class $Cell { ...session...  void $() { int a = 1; class $1 { int twice(int x) { ... } void $() { twice(a); } } } }
 * }</pre>
 *
 * @param java the unit
 * @param offset where the asked offset of the cell stands in it
 */
record CellUnit(String java, int offset) {
    private static final Set<String> MODIFIERS = Set.of(
            "public", "private", "protected", "static", "abstract", "final", "sealed", "strictfp", "synchronized");

    /**
     * @param text Java text of the cell, brackets closed
     * @param offset of interest
     */
    static CellUnit of(SessionText session, String text, int offset, PieceKinds kinds) {
        Builder builder = new Builder(offset);
        int start = 0;
        for (int end : ends(text)) {
            builder.piece(text.substring(start, end), start, kinds);
            start = end;
        }
        return builder.build(session);
    }

    private static List<Integer> ends(String text) {
        List<Integer> ends = new ArrayList<>(Lexing.of(text).ends());
        if (ends.isEmpty() || ends.get(ends.size() - 1) < text.length()) {
            ends.add(text.length());
        }
        return ends;
    }

    private static final class Builder {
        private final int wanted;
        private final StringBuilder imports = new StringBuilder();
        private final StringBuilder body = new StringBuilder();
        private int classes;
        private int found;

        Builder(int wanted) {
            this.wanted = wanted;
        }

        void piece(String piece, int start, PieceKinds kinds) {
            if (piece.stripLeading().startsWith("import ")) {
                imports.append(piece).append('\n');
                return;
            }
            boolean declaration = mayDeclare(piece) && kinds.declares(piece);
            if (declaration) {
                body.append("class $").append(++classes).append(" { ");
            }
            if (wanted >= start && wanted <= start + piece.length()) {
                found = body.length() + wanted - start;
            }
            body.append(piece);
            if (declaration) {
                body.append("\nvoid $() throws Throwable { ");
            }
        }

        /** Most pieces are statements, which need no parse to say so. */
        private static boolean mayDeclare(String piece) {
            String word = piece.strip().split("\\W", 2)[0];
            return piece.contains("{")
                    || MODIFIERS.contains(word)
                    || piece.stripLeading().startsWith("@");
        }

        CellUnit build(SessionText session) {
            String head = "package REPL;\n" + session.imports() + imports + "class $Cell { " + session.members()
                    + "\nvoid $() throws Throwable { ";
            String tail = "\n" + "}}".repeat(classes) + "}}";
            return new CellUnit(head + body + tail, head.length() + found);
        }
    }
}
