package io.dagshell.magics;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.magics.closure.Declared;
import io.dagshell.magics.closure.LiveCells;
import io.dagshell.magics.closure.Notebook;
import io.dagshell.magics.rewrite.CellRewrite;
import io.dagshell.magics.slice.DefinitionReader;
import io.dagshell.magics.slice.NotebookSource;
import io.dagshell.magics.slice.SliceProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the definitions of a notebook file as if its cells had been run from top to bottom. Stateless. */
public final class NotebookDefinitions implements DefinitionReader {
    private final List<String> classPath;

    /** Cells compile against {@code classPath}. */
    public NotebookDefinitions(List<String> classPath) {
        this.classPath = List.copyOf(classPath);
    }

    @Override
    public Definitions read(NotebookSource source) {
        LiveCells live = LiveCells.none();
        for (NotebookSource.Cell cell : source.cells()) {
            live = live.with(
                    Declared.of(CellExtension.withoutMagics(cell.text()), cell.index(), CellRewrite.of(cell.text())));
        }
        Notebook notebook = new Notebook(source.notebook(), DefaultImports.LIST, classPath, live);
        List<TaskDefinition> tasks = new ArrayList<>();
        Map<TaskName, FlowGraph> graphs = new HashMap<>();
        for (TaskName name : notebook.tasks()) {
            try {
                TaskDefinition definition = notebook.definition(name).orElseThrow();
                tasks.add(definition);
                if (definition.kind() == Kind.FLOW) {
                    graphs.put(name, notebook.graph(name).orElseThrow());
                }
            } catch (CellProblem refused) {
                int cell = notebook.cellOf(name);
                throw new SliceProblem(
                        source.notebook() + "[" + cell + "]",
                        refused.line(),
                        refused.column(),
                        String.valueOf(refused.getMessage()));
            }
        }
        return new Definitions(tasks, graphs);
    }
}
