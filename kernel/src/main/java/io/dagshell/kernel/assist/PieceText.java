package io.dagshell.kernel.assist;

import io.dagshell.kernel.assist.Lexing.Mode;

/** Java text with its comments blanked, every other character where it was. */
public final class PieceText {
    private PieceText() {}

    /** Offset of the first character that is neither blank nor in a comment; the length if there is none. */
    public static int firstCode(String java) {
        String bare = withoutComments(java);
        return bare.length() - bare.stripLeading().length();
    }

    static String withoutComments(String java) {
        if (java.indexOf('/') < 0) {
            return java;
        }
        StringBuilder blanked = new StringBuilder(java);
        for (Lexing.Stretch stretch : Lexing.stretches(java)) {
            if (stretch.mode() == Mode.LINE_COMMENT || stretch.mode() == Mode.BLOCK_COMMENT) {
                for (int i = stretch.start(); i < stretch.end(); i++) {
                    if (java.charAt(i) != '\n') {
                        blanked.setCharAt(i, ' ');
                    }
                }
            }
        }
        return blanked.toString();
    }
}
