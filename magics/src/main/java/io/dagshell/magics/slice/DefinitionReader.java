package io.dagshell.magics.slice;

import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import java.util.List;
import java.util.Map;

/** Port: reads what a notebook's cells define, by the same attribution that the running notebook uses for its keys. */
@FunctionalInterface
public interface DefinitionReader {

    Definitions read(NotebookSource notebook);

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
