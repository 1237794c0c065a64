package io.dagshell.magics.closure;

import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.magics.rewrite.CellRewrite;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A notebook of given cells. */
record Cells(Notebook notebook) {
    private static final List<String> IMPORTS =
            List.of("import java.util.*;", "import java.time.*;", "import static io.dagshell.engine.Dag.*;");
    static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(File.pathSeparator));

    static Cells of(String... cells) {
        return of(CLASS_PATH, cells);
    }

    static Cells of(List<String> classPath, String... cells) {
        LiveCells live = LiveCells.none();
        int number = 0;
        for (String cell : cells) {
            number++;
            live = live.with(Declared.of(cell, number, CellRewrite.of(cell)));
        }
        return new Cells(new Notebook("etl.ipynb", IMPORTS, classPath, live));
    }

    TaskDefinition definition(String task) {
        return notebook.definition(new TaskName(task)).orElseThrow();
    }

    /** Digest of each part of a task's code, by kind and name. */
    Map<String, String> parts(String task) {
        CodeIdentity code = definition(task).code();
        if (code instanceof CodeIdentity.Unknown unknown) {
            throw new AssertionError(unknown.why());
        }
        Map<String, String> parts = new TreeMap<>();
        ((CodeIdentity.Known) code).parts().forEach(part -> parts.put(part.kind() + " " + part.name(), part.digest()));
        return parts;
    }

    List<String> names(String task) {
        return new ArrayList<>(parts(task).keySet());
    }

    String unknown(String task) {
        return ((CodeIdentity.Unknown) definition(task).code()).why();
    }

    /** The digests of a task with this body, beside these other cells. */
    static Map<String, String> ofBody(String body, String... others) {
        List<String> cells = new ArrayList<>(List.of(others));
        cells.add("%%task cache\nObject t(int n, String s, List<String> list) throws Exception {\n" + body + "\n}");
        return of(cells.toArray(String[]::new)).parts("t");
    }
}
