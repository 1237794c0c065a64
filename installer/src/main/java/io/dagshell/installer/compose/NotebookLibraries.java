package io.dagshell.installer.compose;

import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.home.Home;
import io.dagshell.kernel.dependency.CellStatements;
import io.dagshell.kernel.dependency.DependencyResolver.Downloads;
import io.dagshell.kernel.dependency.JarKeeper;
import io.dagshell.kernel.dependency.Libraries;
import io.dagshell.kernel.dependency.MavenSettings;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.Library;
import io.dagshell.magics.slice.NotebookSource;
import io.dagshell.magics.slice.SliceProblem;
import java.util.List;

/** The libraries a notebook declares, resolved with the person's own Maven settings. */
public final class NotebookLibraries {
    /** The product's own, in one copy: values of its types pass between cells and DagShell. */
    private static final List<String> PROVIDED = List.of(
            "tech.tablesaw:tablesaw-core",
            "io.dagshell:dagshell-engine",
            "io.dagshell:dagshell-tables",
            "io.dagshell:dagshell-blocks");

    private NotebookLibraries() {}

    /** None yet; for a session, whose cells declare them as they run. */
    public static Libraries open() {
        LibraryStore store = new LibraryStore(Home.ofEnvironment().libraries());
        JarKeeper keeper = jar -> store.find(store.add(jar, Role.USER, ""));
        return new Libraries(MavenSettings.of(System.getenv(), PROVIDED), keeper);
    }

    /**
     * All that the cells of a notebook declare, as if they had been run from top to bottom.
     *
     * @throws SliceProblem one of them cannot be had
     */
    public static List<Library> of(NotebookSource notebook) {
        try (Libraries libraries = open()) {
            for (NotebookSource.Cell cell : notebook.cells()) {
                add(libraries, notebook, cell);
            }
            return libraries.all();
        }
    }

    private static void add(Libraries libraries, NotebookSource notebook, NotebookSource.Cell cell) {
        try {
            CellStatements statements = CellStatements.of(cell.text());
            if (!statements.isEmpty()) {
                libraries.add(statements, new Unwatched());
            }
        } catch (CellProblem refused) {
            throw new SliceProblem(
                    notebook.notebook() + "[" + cell.index() + "]",
                    refused.line(),
                    refused.column(),
                    String.valueOf(refused.getMessage()));
        }
    }

    /** A command waits for its downloads. */
    private static final class Unwatched implements Downloads {
        @Override
        public void progressed(String file, long bytes) {}

        @Override
        public void finished(String file) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
