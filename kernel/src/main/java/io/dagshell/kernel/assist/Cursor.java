package io.dagshell.kernel.assist;

/**
 * The name being typed.
 *
 * @param java the text around it
 * @param start where the name begins
 * @param end the cursor
 * @param lexing of the text before the cursor
 */
record Cursor(String java, int start, int end, Lexing lexing) {
    /** Stands for the name in what javac gets: no name a person would propose or use. */
    static final String MARK = "$cursor$";

    /** A member every object has: in some lambdas javac gives up on what it does not know. */
    static final String HARMLESS = "hashCode()";

    static Cursor of(String java, int cursor) {
        int start = cursor;
        while (start > 0 && Character.isJavaIdentifierPart(java.charAt(start - 1))) {
            start--;
        }
        return new Cursor(java, start, cursor, Lexing.upTo(java, cursor));
    }

    String prefix() {
        return java.substring(start, end);
    }

    boolean isNumber() {
        boolean digit = start < end && Character.isDigit(java.charAt(start));
        return digit || isBehindNumber();
    }

    /** {@code 1.} goes on as a number, not with a member. */
    private boolean isBehindNumber() {
        int at = start - 1;
        if (at < 1 || java.charAt(at) != '.') {
            return false;
        }
        int from = at;
        while (from > 0 && Character.isLetterOrDigit(java.charAt(from - 1))) {
            from--;
        }
        return from < at && Character.isDigit(java.charAt(from));
    }

    /** The declaration or statement the cursor is in, up to the name. */
    String piece() {
        int from = lexing.ends().isEmpty() ? 0 : lexing.ends().get(lexing.ends().size() - 1);
        return java.substring(Math.min(from, start), start).stripLeading();
    }

    /** Whether only a type can stand here. */
    boolean wantsType() {
        String before = java.substring(0, start).stripTrailing();
        boolean behindNew = before.endsWith("new")
                && (before.length() == 3 || !Character.isJavaIdentifierPart(before.charAt(before.length() - 4)));
        return before.endsWith("@") || behindNew;
    }

    /** Whether the name is to be one of something that stands before it. */
    boolean isMember() {
        String before = java.substring(0, start).stripTrailing();
        return before.endsWith(".") || before.endsWith("::");
    }

    boolean isReference() {
        return java.substring(0, start).stripTrailing().endsWith("::");
    }

    /** The text with a mark in place of the name, as much of it as is well nested, all brackets closed. */
    String marked(String mark) {
        String head = head() + mark;
        String tail = tail();
        Lexing whole = Lexing.of(head + tail);
        if (whole.inCode() && whole.open().isEmpty() && !Lexing.of(java).ends().isEmpty()) {
            return head + (endsHere(tail) ? ";" : "") + tail;
        }
        return head + Lexing.of(head).closers(head) + ";";
    }

    /** A method reference is given to javac as a selection: it attributes what stands before a dot in any context. */
    private String head() {
        String head = java.substring(0, start);
        if (!isReference()) {
            return head;
        }
        int colons = head.lastIndexOf("::");
        return head.substring(0, colons) + "." + head.substring(colons + 2);
    }

    private String tail() {
        int from = end;
        while (from < java.length() && Character.isJavaIdentifierPart(java.charAt(from))) {
            from++;
        }
        return java.substring(from);
    }

    /** Whether the statement has to end at the cursor for the rest to make sense. */
    private boolean endsHere(String tail) {
        boolean inBlock = lexing.open().isEmpty()
                || java.charAt(lexing.open().get(lexing.open().size() - 1)) == '{';
        int lineEnd = tail.indexOf('\n');
        String line = (lineEnd < 0 ? tail : tail.substring(0, lineEnd)).strip();
        boolean goesOn = tail.stripLeading().startsWith(".");
        return inBlock && !goesOn && (line.isEmpty() || line.startsWith("}") || line.startsWith("//"));
    }

    int unitOffset() {
        return head().length();
    }
}
