package io.dagshell.magics;

import io.dagshell.magics.rewrite.CellRewrite;
import io.dagshell.magics.rewrite.RewrittenCell;
import io.dagshell.magics.source.Parses;
import java.util.Optional;

/** The cell that is being looked at, read once however often it is asked for. Used on the session's thread only. */
final class CurrentCell {
    private String text = "";
    private Parses parses = new Parses();
    private Optional<RewrittenCell> rewritten = Optional.empty();

    /**
     * The cell with its header read; empty if it has none.
     *
     * @throws io.dagshell.kernel.session.CellProblem header or method are not understood
     */
    Optional<RewrittenCell> rewritten(String cell) {
        if (!text.equals(cell)) {
            Parses fresh = new Parses();
            rewritten = CellRewrite.of(cell, fresh);
            parses = fresh;
            text = cell;
        }
        return rewritten;
    }

    /** What was parsed of it. */
    Parses parses(String cell) {
        return text.equals(cell) ? parses : new Parses();
    }
}
