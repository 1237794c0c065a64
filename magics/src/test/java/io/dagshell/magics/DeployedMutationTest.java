package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.magics.Mutations.Edit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes a task run again in the exported flow, and what does not. */
class DeployedMutationTest extends MutationContract {
    @Override
    Outcome run(Edit edit) throws Exception {
        List<String> cells = new ArrayList<>(edit.cells());
        cells.stream()
                .filter(cell -> cell.startsWith("%%task"))
                .map(Mutations::truth)
                .findFirst()
                .ifPresent(cells::add);
        cells.add("%%flow\nList<Integer> both() {\n    return List.of(t(" + edit.arguments() + "), truth("
                + edit.arguments() + "));\n}");
        List<?> both =
                (List<?>) SlicedFlow.of("both", cells.toArray(String[]::new)).run(cache);
        return new Outcome("" + both.get(0), "" + both.get(1));
    }

    @Test
    void what_the_notebook_computed_is_a_hit() throws Exception {
        System.setProperty("ran", "0");
        try (NotebookSessions notebook = NotebookSessions.open(cache.resolve("other"))) {
            Mutations.CELLS.forEach(notebook::value);
            notebook.value("t(" + Mutations.ARGUMENTS + ")");
            assertThat(Integer.getInteger("ran")).isOne();
        }
        List<String> cells = new ArrayList<>(Mutations.CELLS);
        cells.add("%%flow\nint all() {\n    return t(" + Mutations.ARGUMENTS + ");\n}");
        SlicedFlow.of("all", cells.toArray(String[]::new)).run(cache.resolve("other"));
        assertThat(Integer.getInteger("ran")).isOne();
    }
}
