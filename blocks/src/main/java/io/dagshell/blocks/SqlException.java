package io.dagshell.blocks;

import io.dagshell.engine.event.FailureKind;
import io.dagshell.engine.event.KnowsFailureKind;
import org.jspecify.annotations.Nullable;

/** A statement the database refuses, with the place of the SQL it blames. */
public final class SqlException extends RuntimeException implements KnowsFailureKind {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String problem;

    /**
     * About a place.
     *
     * @param offset UTF-16 units from the start of the SQL
     */
    SqlException(String sql, int offset, String problem, @Nullable Throwable cause) {
        super(place(sql, offset) + ": " + problem + quoted(sql, offset), cause);
        this.offset = offset;
        this.problem = problem;
    }

    /** Where in the SQL, in UTF-16 units from its start. */
    public int offset() {
        return offset;
    }

    /** What is wrong, as the database says it, without the place. */
    public String problem() {
        return problem;
    }

    @Override
    public FailureKind failureKind() {
        return FailureKind.USER;
    }

    private static String place(String sql, int offset) {
        int start = sql.lastIndexOf('\n', offset - 1) + 1;
        long line = 1 + sql.substring(0, start).chars().filter(c -> c == '\n').count();
        return "SQL line " + line + ", column " + (1 + sql.codePointCount(start, offset));
    }

    /** The line and a mark below the place. */
    private static String quoted(String sql, int offset) {
        int start = sql.lastIndexOf('\n', offset - 1) + 1;
        int end = sql.indexOf('\n', offset);
        String line = sql.substring(start, end < 0 ? sql.length() : end);
        return "\n    " + line + "\n    " + " ".repeat(sql.codePointCount(start, offset)) + "^";
    }
}
