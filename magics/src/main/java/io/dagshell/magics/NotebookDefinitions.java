package io.dagshell.magics;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.MagicLines;
import io.dagshell.magics.closure.Declared;
import io.dagshell.magics.closure.LiveCells;
import io.dagshell.magics.closure.Notebook;
import io.dagshell.magics.rewrite.RewrittenCell;
import io.dagshell.magics.slice.DefinitionReader;
import io.dagshell.magics.slice.SliceProblem;
import io.dagshell.magics.source.Member;
import io.dagshell.magics.source.Members;
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
    public Definitions read(String source, List<ReadCell> cells) {
        LiveCells live = LiveCells.none();
        for (ReadCell cell : cells) {
            live = live.with(declared(cell));
        }
        Notebook notebook = new Notebook(source, DefaultImports.LIST, classPath, live);
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
                        source + "[" + cell + "]",
                        refused.line(),
                        refused.column(),
                        String.valueOf(refused.getMessage()));
            }
        }
        return new Definitions(tasks, graphs);
    }

    private static List<Declared> declared(ReadCell cell) {
        String plain = cell.rewritten().map(RewrittenCell::plain).orElseGet(() -> MagicLines.blanked(cell.text()));
        List<Member> members = plain.equals(cell.plain()) ? cell.members() : Members.of(plain);
        return Declared.of(plain, members, cell.index(), cell.rewritten());
    }
}
