package io.dagshell.kernel.protocol;

/** Cursor positions: the wire counts code points, Java counts UTF-16 units; they differ after an emoji. */
public final class CodePoints {

    private CodePoints() {}

    /** UTF-16 units before a position on the wire; a position outside the text is its nearest end. */
    public static int toUnits(String text, int codePoints) {
        int inside = Math.max(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        return text.offsetByCodePoints(0, inside);
    }

    /** Position on the wire of an offset in UTF-16 units. */
    public static int ofUnits(String text, int units) {
        return text.codePointCount(0, Math.max(0, Math.min(units, text.length())));
    }
}
