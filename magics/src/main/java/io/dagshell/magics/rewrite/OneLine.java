package io.dagshell.magics.rewrite;

import io.dagshell.magics.source.Pieces;

/** A piece of a declaration's head on one line: comments left out, blanks joined. */
final class OneLine {
    private OneLine() {}

    static String of(String java) {
        StringBuilder line = new StringBuilder();
        int at = Pieces.skipBlanks(java, 0);
        while (at < java.length()) {
            line.append(java.charAt(at));
            int next = Pieces.skipBlanks(java, at + 1);
            if (next > at + 1 && next < java.length()) {
                line.append(' ');
            }
            at = next;
        }
        return line.toString();
    }
}
