package io.dagshell.magics.slice;

import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.header.CellKind;
import io.dagshell.magics.rewrite.CellRewrite;
import io.dagshell.magics.rewrite.RewrittenCell;
import java.util.List;
import java.util.Optional;

/**
 * A cell of the notebook, understood: with its header rewritten as the running notebook rewrites it, other magics
 * blanked.
 *
 * @param text as it enters the slice
 * @param kind what its header makes of it; empty for plain Java
 * @param task name of the task or flow it declares
 */
record SourceCell(CellText text, Optional<CellKind> kind, Optional<String> task) {

    static List<SourceCell> of(NotebookSource notebook) {
        return notebook.cells().stream().map(cell -> of(notebook, cell)).toList();
    }

    private static SourceCell of(NotebookSource notebook, NotebookSource.Cell cell) {
        String source = notebook.source(cell);
        try {
            Optional<RewrittenCell> rewritten = CellRewrite.of(cell.text());
            TransformedCell java =
                    rewritten.map(RewrittenCell::transformed).orElseGet(() -> withoutMagics(cell.text()));
            return new SourceCell(
                    CellText.of(source, cell.index(), cell.text(), java),
                    rewritten.map(each -> each.header().kind()),
                    rewritten.flatMap(RewrittenCell::method).map(method -> method.name()));
        } catch (CellProblem refused) {
            throw new SliceProblem(source, refused.line(), refused.column(), String.valueOf(refused.getMessage()));
        }
    }

    /** A cell magic owns its whole cell, a line magic its line; neither is Java. */
    private static TransformedCell withoutMagics(String text) {
        if (text.stripLeading().startsWith("%%")) {
            return TransformedCell.unchanged(text.replaceAll("[^\\r\\n]", " "));
        }
        StringBuilder java = new StringBuilder();
        for (String line : text.split("(?<=\n)", -1)) {
            java.append(line.stripLeading().startsWith("%") ? line.replaceAll("[^\\r\\n]", " ") : line);
        }
        return TransformedCell.unchanged(java.toString());
    }

    boolean is(CellKind wanted) {
        return kind.filter(wanted::equals).isPresent();
    }
}
