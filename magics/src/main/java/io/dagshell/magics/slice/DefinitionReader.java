package io.dagshell.magics.slice;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.magics.rewrite.RewrittenCell;
import io.dagshell.magics.source.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Port: reads what a notebook's cells define, by the same attribution that the running notebook uses for its keys. */
@FunctionalInterface
public interface DefinitionReader {

    /**
     * Reads.
     *
     * @param notebook file name
     */
    Definitions read(String notebook, List<ReadCell> cells);

    /**
     * A cell, understood.
     *
     * @param index among code cells, from 1
     * @param text as typed
     * @param rewritten what its header makes of it; empty for plain Java
     * @param plain the text with header and magics blanked
     * @param members of {@code plain}
     */
    record ReadCell(int index, String text, Optional<RewrittenCell> rewritten, String plain, List<Member> members) {
        public ReadCell {
            members = List.copyOf(members);
        }
    }

    /**
     * What the cells define.
     *
     * @param tasks every task and flow, in the order of cells
     * @param graphs of the flows
     */
    record Definitions(List<TaskDefinition> tasks, Map<TaskName, FlowGraph> graphs) {
        public Definitions {
            tasks = List.copyOf(tasks);
            graphs = Map.copyOf(graphs);
        }
    }
}
