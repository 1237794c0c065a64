package io.dagshell.magics.slice;

import java.util.List;

/**
 * The code cells of a notebook file.
 *
 * @param notebook file name, {@code etl.ipynb}
 * @param cells in order, numbered from 1
 */
public record NotebookSource(String notebook, List<Cell> cells) {
    public NotebookSource {
        cells = List.copyOf(cells);
    }

    /**
     * A code cell as the file has it.
     *
     * @param index among code cells, from 1
     */
    public record Cell(int index, String text) {}

    /** {@code etl.ipynb[7]}. */
    String source(Cell cell) {
        return notebook + "[" + cell.index() + "]";
    }
}
