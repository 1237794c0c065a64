package io.dagshell.magics.slice;

import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.MagicLines;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.header.CellKind;
import io.dagshell.magics.rewrite.CellRewrite;
import io.dagshell.magics.rewrite.RewrittenCell;
import io.dagshell.magics.rewrite.TaskMethod;
import io.dagshell.magics.source.Parses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cell of the notebook, understood: with its header rewritten as the running notebook rewrites it, other magics
 * blanked.
 *
 * @param text as it enters the slice
 * @param rewritten what its header makes of it; empty for plain Java
 */
record SourceCell(CellText text, Optional<RewrittenCell> rewritten) {

    static List<SourceCell> of(NotebookSource notebook) {
        Parses parses = new Parses();
        parses.cells(notebook.cells().stream()
                .map(cell -> CellRewrite.forAssist(cell.text())
                        .map(TransformedCell::java)
                        .orElseGet(() -> MagicLines.blanked(cell.text())))
                .toList());
        List<Optional<RewrittenCell>> rewritten = notebook.cells().stream()
                .map(cell -> rewritten(notebook.source(cell), cell.text(), parses))
                .toList();
        List<TransformedCell> java = new ArrayList<>();
        for (NotebookSource.Cell cell : notebook.cells()) {
            java.add(rewritten
                    .get(java.size())
                    .map(RewrittenCell::transformed)
                    .orElseGet(() -> TransformedCell.unchanged(MagicLines.blanked(cell.text()))));
        }
        parses.cells(java.stream().map(TransformedCell::java).toList());
        List<SourceCell> cells = new ArrayList<>();
        for (NotebookSource.Cell cell : notebook.cells()) {
            TransformedCell text = java.get(cells.size());
            cells.add(new SourceCell(
                    CellText.of(notebook.source(cell), cell.index(), cell.text(), text, parses),
                    rewritten.get(cells.size())));
        }
        return cells;
    }

    private static Optional<RewrittenCell> rewritten(String source, String text, Parses parses) {
        try {
            MagicLines.requireHeaderFirst(text);
            return CellRewrite.of(text, parses);
        } catch (CellProblem refused) {
            throw new SliceProblem(source, refused.line(), refused.column(), String.valueOf(refused.getMessage()));
        }
    }

    boolean is(CellKind wanted) {
        return rewritten.filter(each -> each.header().kind() == wanted).isPresent();
    }

    /** Name of the task or flow it declares. */
    Optional<String> task() {
        return rewritten.flatMap(RewrittenCell::method).map(TaskMethod::name);
    }

    DefinitionReader.ReadCell read() {
        return new DefinitionReader.ReadCell(
                text.index(),
                text.original(),
                rewritten,
                rewritten.map(RewrittenCell::plain).orElseGet(text::java),
                rewritten.map(RewrittenCell::members).orElseGet(text::members));
    }
}
