package io.dagshell.installer.compose;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.home.Home;
import io.dagshell.kernel.session.CellInput;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.runner.LocalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A page of the documentation and a notebook that does what it says, cell after cell. */
final class Guide implements AutoCloseable {
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```(?:java|sql)\n(.*?)^```$");

    private final LocalState state;
    private final NotebookSession session;
    private int cells;

    private Guide(LocalState state, NotebookSession session) {
        this.state = state;
        this.session = session;
    }

    /** The examples of a page in {@code docs}, Java and SQL, in its order. */
    static List<String> examples(String page) throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("../docs", page)))
                .results()
                .map(example -> example.group(1))
                .toList();
    }

    /** A notebook whose state is in {@code folder}. */
    static Guide open(Path folder, BlockSource blocks) throws IOException {
        LocalState state = LocalState.open(new Home(folder, folder.resolve("cache")), blocks, Map.of());
        return new Guide(state, NotebookSession.open(state, "guide.ipynb", "notebook"));
    }

    Seen run(String cell) {
        return run(cell, CellInput.NONE);
    }

    /** Runs a cell that may ask. */
    Seen run(String cell, CellInput input) {
        Seen seen = new Seen();
        cells++;
        session.session().execute(new CellRequest("guide.ipynb[" + cells + "]", cells, cell), seen, input);
        return seen;
    }

    LocalState state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        session.close();
        state.close();
    }
}
